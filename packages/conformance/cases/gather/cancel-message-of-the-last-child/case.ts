import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const forever = co(function* () {
    yield* asyncio.sleep(10)
  })

  const done = asyncio.getRunningLoop().createFuture<number>()
  done.setResult(1)
  for (const children of [
    [forever(), forever()],
    [forever(), done],
    [done, forever()],
  ]) {
    const gathering = asyncio.gather(children, { returnExceptions: true })
    yield* asyncio.sleep(0)
    gathering.cancel('why')
    try {
      yield* gathering
    } catch (error) {
      if (!asyncio.isCancelled(error)) throw error
      trace(error)
    }
  }

  const endsItself = co(function* () {
    asyncio.currentTask()!.cancel('itself')
  })
  const raises = co(function* () {
    throw new asyncio.CancelledError('raised')
  })

  trace(yield* asyncio.gather([endsItself(), raises()], { returnExceptions: true }))
}
