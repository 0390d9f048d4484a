/**
 * A key-value server that speaks in lines, `SET key value`, `GET key` and `QUIT`, and ends gracefully: on SIGTERM it
 * takes no new clients, and lets those it has finish what they have asked for.
 */
import { Event, getRunningLoop, openConnection, run, startServer, timeout } from 'asyncio-ts'
import type { StreamReader, StreamWriter } from 'asyncio-ts'

const decoder = new TextDecoder()

export class Store {
  readonly #values = new Map<string, string>()

  answer(request: string): string {
    const [command = '', key = '', ...words] = request.split(' ')
    switch (command.toUpperCase()) {
      case 'SET':
        this.#values.set(key, words.join(' '))
        return 'OK'
      case 'GET':
        return this.#values.get(key) ?? 'NOT FOUND'
      case 'QUIT':
        return 'BYE'
      default:
        return 'WHAT?'
    }
  }

  readonly serve = async (reader: StreamReader, writer: StreamWriter): Promise<void> => {
    for await (const line of reader) {
      const answer = this.answer(decoder.decode(line).trim())
      writer.write(`${answer}\n`)
      await writer.drain()
      if (answer === 'BYE') break
    }
    writer.close()
  }

  readonly serveInSteps = function* (this: Store, reader: StreamReader, writer: StreamWriter) {
    for (;;) {
      const line = yield* reader.readline()
      if (line.length === 0) break
      const answer = this.answer(decoder.decode(line).trim())
      writer.write(`${answer}\n`)
      yield* writer.drain()
      if (answer === 'BYE') break
    }
    writer.close()
  }.bind(this)
}

/** Serves until SIGTERM comes, then for as long as its clients need, but not for ever. */
export async function serve(port: number, { patience = 10 } = {}) {
  const server = await startServer(new Store().serve, '127.0.0.1', port)
  const [, bound] = server.sockets[0]!.getsockname() as [string, number]
  const asked = new Event()
  getRunningLoop().addSignalHandler('SIGTERM', () => asked.set())
  console.log(`listening on ${bound}`)
  await asked.wait()
  console.log('no new clients')
  server.close()
  try {
    await timeout(patience, () => server.waitClosed())
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'TimeoutError') throw error
    server.abortClients()
    await server.waitClosed()
  }
  console.log('done')
}

export async function awaits() {
  await using server = await startServer(new Store().serve, '127.0.0.1', 0)
  const [host, port] = server.sockets[0]!.getsockname() as [string, number]
  const [reader, writer] = await openConnection(host, port)
  for (const request of ['SET color deep red', 'GET color', 'GET size', 'QUIT']) {
    writer.write(`${request}\n`)
    console.log(`${request}:`, decoder.decode(await reader.readline()).trim())
  }
  writer.close()
}

export function* yields() {
  const server = yield* startServer(new Store().serveInSteps, '127.0.0.1', 0)
  const [host, port] = server.sockets[0]!.getsockname() as [string, number]
  const [reader, writer] = yield* openConnection(host, port)
  for (const request of ['SET color deep red', 'GET color', 'GET size', 'QUIT']) {
    writer.write(`${request}\n`)
    console.log(`${request}:`, decoder.decode(yield* reader.readline()).trim())
  }
  writer.close()
  server.close()
  yield* server.waitClosed()
}

// `node key-value-server.ts 7000` serves until it is told to end.
if (process.argv[1] === import.meta.filename) await run(() => serve(Number(process.argv[2] ?? 0)))
