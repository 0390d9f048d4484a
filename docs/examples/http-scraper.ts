/** Follows the links of a site, three pages at a time, over HTTP/1.1 written by hand. */
import { openConnection, Queue, Semaphore, startServer, taskGroup, timeout } from 'asyncio-ts'
import type { StreamReader, StreamWriter } from 'asyncio-ts'

const decoder = new TextDecoder()

export interface Page {
  status: number
  body: string
}

function headersOf(text: string): Map<string, string> {
  const lines = text.split('\r\n').slice(1)
  return new Map(lines.map((line) => [line.split(':', 1)[0]!.toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]))
}

async function readChunked(reader: StreamReader): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for (;;) {
    const size = parseInt(decoder.decode(await reader.readline()), 16)
    const chunk = await reader.readexactly(size + 2)
    if (size === 0) return Buffer.concat(chunks)
    chunks.push(chunk.subarray(0, size))
  }
}

/** Gets one page. The connection serves no other. */
export async function get(host: string, port: number, path: string): Promise<Page> {
  const [reader, writer] = await openConnection(host, port)
  try {
    writer.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
    await writer.drain()
    const head = decoder.decode(await reader.readuntil('\r\n\r\n')).trimEnd()
    const headers = headersOf(head)
    const length = headers.get('content-length')
    const isChunked = headers.get('transfer-encoding') === 'chunked'
    const body = isChunked ? readChunked(reader) : length ? reader.readexactly(Number(length)) : reader.read()
    return { status: Number(head.split(' ', 2)[1]), body: decoder.decode(await body) }
  } finally {
    writer.close()
  }
}

function* getInSteps(host: string, port: number, path: string) {
  const [reader, writer] = yield* openConnection(host, port)
  try {
    writer.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
    yield* writer.drain()
    const head = decoder.decode(yield* reader.readuntil('\r\n\r\n')).trimEnd()
    const length = Number(headersOf(head).get('content-length'))
    return { status: Number(head.split(' ', 2)[1]), body: decoder.decode(yield* reader.readexactly(length)) }
  } finally {
    writer.close()
  }
}

const linksOf = (page: Page): string[] => [...page.body.matchAll(/href="([^"]+)"/g)].map((match) => match[1]!)

/** Gets a page and everything it leads to, and returns the paths with their status. */
export async function scrape(host: string, port: number, { workers = 3, start = '/' } = {}) {
  const paths = new Queue<string>()
  const found = new Map<string, number | string>([[start, 'waiting']])
  const connections = new Semaphore(workers)
  paths.putNowait(start)

  async function worker() {
    for (;;) {
      const path = await paths.get()
      try {
        const page = await connections.with(() => timeout(5, () => get(host, port, path)))
        found.set(path, page.status)
        for (const link of linksOf(page)) {
          if (found.has(link)) continue
          found.set(link, 'waiting')
          paths.putNowait(link)
        }
      } finally {
        paths.taskDone()
      }
    }
  }

  await taskGroup(async (tg) => {
    const running = Array.from({ length: workers }, () => tg.createTask(worker))
    await paths.join()
    for (const task of running) task.cancel()
  })
  return found
}

function* scrapeInSteps(host: string, port: number, { workers = 3, start = '/' } = {}) {
  const paths = new Queue<string>()
  const found = new Map<string, number | string>([[start, 'waiting']])
  const connections = new Semaphore(workers)
  paths.putNowait(start)

  function* worker() {
    for (;;) {
      const path = yield* paths.get()
      try {
        const page = yield* connections.with(() => timeout(5, () => getInSteps(host, port, path)))
        found.set(path, page.status)
        for (const link of linksOf(page)) {
          if (found.has(link)) continue
          found.set(link, 'waiting')
          paths.putNowait(link)
        }
      } finally {
        paths.taskDone()
      }
    }
  }

  yield* taskGroup(function* (tg) {
    const running = Array.from({ length: workers }, () => tg.createTask(worker()))
    yield* paths.join()
    for (const task of running) task.cancel()
  })
  return found
}

/** A site of three pages, one of which leads nowhere. */
const site: Record<string, string> = {
  '/': '<a href="/about">About</a> <a href="/missing">Gone</a>',
  '/about': '<a href="/">Home</a> <a href="/team">Team</a>',
  '/team': 'Nobody',
}

async function serveSite(reader: StreamReader, writer: StreamWriter) {
  const request = decoder.decode(await reader.readuntil('\r\n\r\n'))
  const body = site[request.split(' ', 2)[1]!]
  const status = body === undefined ? '404 Not Found' : '200 OK'
  writer.write(`HTTP/1.1 ${status}\r\nContent-Length: ${body?.length ?? 0}\r\n\r\n${body ?? ''}`)
  await writer.drain()
  writer.close()
}

function report(found: Map<string, number | string>): void {
  for (const [path, status] of [...found].sort()) console.log(status, path)
}

export async function awaits() {
  await using server = await startServer(serveSite, '127.0.0.1', 0)
  const [host, port] = server.sockets[0]!.getsockname() as [string, number]
  report(await scrape(host, port))
}

export function* yields() {
  const server = yield* startServer(serveSite, '127.0.0.1', 0)
  const [host, port] = server.sockets[0]!.getsockname() as [string, number]
  report(yield* scrapeInSteps(host, port))
  server.close()
  yield* server.waitClosed()
}
