import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const raises = co(function* () {
    try {
      yield* asyncio.sleep(10)
    } finally {
      yield* asyncio.sleep(1)
      throw new asyncio.ValueError('unwinding')
    }
  })
  for (const make of [() => raises(), () => asyncio.createTask(raises())]) {
    try {
      yield* asyncio.waitFor(make(), 1)
    } catch (error) {
      trace(error, asyncio.currentTask()!.cancelling())
    }
  }
  try {
    yield* asyncio.waitFor(asyncio.createTask(raises()), 0)
  } catch (error) {
    trace(error)
  }
}
