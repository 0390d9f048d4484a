import { spawn, spawnSync } from 'node:child_process'
import { createServer as createHttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createConnection } from 'node:net'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { format } from 'node:util'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { run, startServer } from 'asyncio-ts'
import type { Server } from '@asyncio-ts/core'

const root = fileURLToPath(new URL('..', import.meta.url))
const hasPython = spawnSync('python3', ['--version']).status === 0

const expected: Record<string, string[]> = {
  'tcp-echo': ['echo: hello', 'echo: goodbye'],
  'http-scraper': ['200 /', '200 /about', '404 /missing', '200 /team'],
  'tls-chat': ['ada hears bob: hello', 'encrypted true'],
  'key-value-server': ['SET color deep red: OK', 'GET color: deep red', 'GET size: NOT FOUND', 'QUIT: BYE'],
  'word-count': ['50000 hare\n100000 owl\n50000 wolf', 'exit 0 0'],
  'many-commands': ['10 of 10 done, at most 3 at a time', 'gone: not found (128)'],
}

afterEach(() => vi.restoreAllMocks())

function capture(): string[] {
  const lines: string[] = []
  vi.spyOn(console, 'log').mockImplementation((...values) => void lines.push(format(...values)))
  return lines
}

const portOf = (server: Server): number => (server.sockets[0]!.getsockname() as [string, number])[1]

/** Runs Python on the other side, and returns what it printed. */
function python(script: string, ...args: unknown[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('python3', ['-c', script, ...args.map(String)], { stdio: ['ignore', 'pipe', 'pipe'] })
    let printed = ''
    let complaints = ''
    child.stdout.on('data', (data: Buffer) => (printed += data.toString()))
    child.stderr.on('data', (data: Buffer) => (complaints += data.toString()))
    child.on('close', (code) => (code === 0 ? resolve(printed.trim()) : reject(new Error(complaints))))
  })
}

describe.each(Object.keys(expected))('%s.ts', (name) => {
  it.each(['awaits', 'yields'] as const)('prints what it should (%s)', async (spelling) => {
    const example = (await import(`../docs/examples/${name}.ts`)) as Record<typeof spelling, () => Promise<void>>
    const lines = capture()
    await run(example[spelling])
    expect(lines).toEqual(expected[name])
  })
})

describe.skipIf(!hasPython)('with Python on the other side', () => {
  it.each(['echo', 'echoInSteps'] as const)('the echo server answers asyncio (%s)', async (callback) => {
    const example = await import('../docs/examples/tcp-echo.ts')
    const script = `
import asyncio, sys
async def main():
    reader, writer = await asyncio.open_connection('127.0.0.1', int(sys.argv[1]))
    for text in (b'one\\n', b'x' * 50000 + b'\\n'):
        writer.write(text)
        await writer.drain()
        print(len(await reader.readline()))
    writer.write_eof()
    print(await reader.read())
    writer.close()
    await writer.wait_closed()
asyncio.run(main())`
    await run(async () => {
      await using server = await startServer(example[callback], '127.0.0.1', 0)
      expect(await python(script, portOf(server))).toBe("4\n50001\nb''")
    })
  })

  it('the echo client talks to asyncio', async () => {
    const { talk } = await import('../docs/examples/tcp-echo.ts')
    const script = `
import asyncio
async def echo(reader, writer):
    async for line in reader:
        writer.write(line.upper())
        await writer.drain()
    writer.close()
async def main():
    server = await asyncio.start_server(echo, '127.0.0.1', 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.sleep(60)
asyncio.run(main())`
    const child = spawn('python3', ['-c', script], { stdio: ['ignore', 'pipe', 'inherit'] })
    try {
      const port = await new Promise<number>((resolve) => child.stdout.once('data', (data) => resolve(Number(data))))
      expect(await run(() => talk('127.0.0.1', port, ['one', 'two']))).toEqual(['ONE', 'TWO'])
    } finally {
      child.kill()
    }
  })

  it('the chat lets in who encrypts', async () => {
    const { ChatRoom, enter } = await import('../docs/examples/tls-chat.ts')
    const authority = fileURLToPath(new URL('../packages/loop/test/network/fixtures/authority.pem', import.meta.url))
    const script = `
import socket, ssl, sys
with socket.create_connection(('127.0.0.1', int(sys.argv[1])), 20) as plain:
    plain.sendall(b'STARTTLS\\n')
    assert plain.recv(3) == b'GO\\n'
    context = ssl.create_default_context(cafile=sys.argv[2])
    with context.wrap_socket(plain, server_hostname='localhost') as secret:
        secret.sendall(b'python\\n')
        assert secret.recv(100) == b'welcome python\\n'
        secret.sendall(b'hello from Python\\n')
        print(secret.recv(100).decode().strip())`
    await run(async () => {
      await using server = await startServer(new ChatRoom().join, '127.0.0.1', 0)
      const { reader, writer } = await enter(portOf(server), 'ada')
      const printed = python(script, portOf(server), authority)
      expect(new TextDecoder().decode(await reader.readline())).toBe('python: hello from Python\n')
      writer.write('hello Python\n')
      expect(await printed).toBe('ada: hello Python')
      await writer[Symbol.asyncDispose]()
    })
  })
})

describe('http-scraper.ts', () => {
  it('reads chunked answers of a server of the host', async () => {
    const { get, scrape } = await import('../docs/examples/http-scraper.ts')
    const server = createHttpServer((request, response) => {
      response.write('<a href="/b">b</a>')
      response.end(request.url === '/b' ? '<a href="/">a</a>' : '')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    try {
      await run(async () => {
        const found = await scrape('127.0.0.1', port)
        expect([...found]).toEqual([
          ['/', 200],
          ['/b', 200],
        ])
        expect((await get('127.0.0.1', port, '/b')).body).toBe('<a href="/b">b</a><a href="/">a</a>')
      })
    } finally {
      server.close()
    }
  })
})

describe('key-value-server.ts', () => {
  it('lets a client finish after SIGTERM, takes no other, and ends', async () => {
    const program = fileURLToPath(new URL('../docs/examples/key-value-server.ts', import.meta.url))
    const args = ['--conditions=@asyncio-ts/source', '--import', 'tsx', program]
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
    const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
    const next = async (): Promise<string> => (await lines.next()).value as string
    try {
      const port = Number((await next()).replace('listening on ', ''))
      const socket = createConnection(port, '127.0.0.1')
      const answers = createInterface({ input: socket })[Symbol.asyncIterator]()
      socket.write('SET a 1\n')
      expect((await answers.next()).value).toBe('OK')
      child.kill('SIGTERM')
      expect(await next()).toBe('no new clients')
      socket.write('GET a\nQUIT\n')
      expect([(await answers.next()).value, (await answers.next()).value]).toEqual(['1', 'BYE'])
      expect(await next()).toBe('done')
      expect(await exited).toBe(0)
      socket.destroy()
    } finally {
      child.kill('SIGKILL')
    }
  })
})
