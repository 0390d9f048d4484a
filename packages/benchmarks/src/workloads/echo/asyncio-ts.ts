import { coroutine, gather, openConnection, startServer } from 'asyncio-ts'
import type { Coroutine, StreamReader, StreamWriter } from 'asyncio-ts'
import { echoBytes } from '../../echo-bytes.ts'
import { portOf } from '../../port-of.ts'
import { sum, times } from '../../times.ts'

const host = '127.0.0.1'
const message = Buffer.alloc(echoBytes, 'x')

const answer = coroutine(function* (reader: StreamReader, writer: StreamWriter) {
  for (;;) {
    const data = yield* reader.read(65_536)
    if (data.length === 0) break
    writer.write(data)
    yield* writer.drain()
  }
  writer.close()
})

const ask = coroutine(function* (port: number, roundTrips: number) {
  const [reader, writer] = yield* openConnection(host, port)
  let count = 0
  for (let i = 0; i < roundTrips; i++) {
    writer.write(message)
    yield* writer.drain()
    count += (yield* reader.readexactly(echoBytes)).length === echoBytes ? 1 : 0
  }
  writer.close()
  yield* writer.waitClosed()
  return count
})

export function* generators(n: number, connections: number): Coroutine<number> {
  const server = yield* startServer(answer, host, 0)
  const counts = yield* gather(times(connections, () => ask(portOf(server), n / connections)))
  server.close()
  yield* server.waitClosed()
  return sum(counts)
}

const answerAsync = async (reader: StreamReader, writer: StreamWriter): Promise<void> => {
  for (;;) {
    const data = await reader.read(65_536)
    if (data.length === 0) break
    writer.write(data)
    await writer.drain()
  }
  writer.close()
}

const askAsync = async (port: number, roundTrips: number): Promise<number> => {
  const [reader, writer] = await openConnection(host, port)
  let count = 0
  for (let i = 0; i < roundTrips; i++) {
    writer.write(message)
    await writer.drain()
    count += (await reader.readexactly(echoBytes)).length === echoBytes ? 1 : 0
  }
  writer.close()
  await writer.waitClosed()
  return count
}

export async function functions(n: number, connections: number): Promise<number> {
  const server = await startServer(answerAsync, host, 0)
  const counts = await gather(times(connections, () => () => askAsync(portOf(server), n / connections)))
  server.close()
  await server.waitClosed()
  return sum(counts)
}
