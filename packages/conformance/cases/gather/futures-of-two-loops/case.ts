import { asyncio, trace } from '../../../src/case.ts'

export function* main(): Generator<undefined, void> {
  const loop = asyncio.getRunningLoop()
  const other = asyncio.newEventLoop()
  const [mine, foreign] = [new asyncio.Future<void>({ loop }), other.createFuture<void>()]
  for (const futures of [
    [foreign, mine],
    [mine, foreign],
  ]) {
    try {
      asyncio.gather(futures)
    } catch (error) {
      trace(error)
    }
  }
  other.close()
}
