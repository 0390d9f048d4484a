import { coroutine, Future, gather, getRunningLoop } from 'asyncio-ts'
import type { Coroutine } from 'asyncio-ts'
import { portOf } from '../../port-of.ts'
import { sum, times } from '../../times.ts'
import { Answer } from './answer.ts'
import { Ask } from './ask.ts'

const host = '127.0.0.1'

const ask = coroutine(function* (port: number, roundTrips: number) {
  const closed = new Future<number>()
  yield* getRunningLoop().createConnection(() => new Ask(roundTrips, closed), host, port)
  return yield* closed
})

export function* generators(n: number, connections: number): Coroutine<number> {
  const server = yield* getRunningLoop().createServer(() => new Answer(), host, 0)
  const counts = yield* gather(times(connections, () => ask(portOf(server), n / connections)))
  server.close()
  yield* server.waitClosed()
  return sum(counts)
}

const askAsync = async (port: number, roundTrips: number): Promise<number> => {
  const closed = new Future<number>()
  await getRunningLoop().createConnection(() => new Ask(roundTrips, closed), host, port)
  return await closed
}

export async function functions(n: number, connections: number): Promise<number> {
  const server = await getRunningLoop().createServer(() => new Answer(), host, 0)
  const counts = await gather(times(connections, () => () => askAsync(portOf(server), n / connections)))
  server.close()
  await server.waitClosed()
  return sum(counts)
}
