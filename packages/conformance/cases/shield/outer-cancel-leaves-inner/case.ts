import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const inner = co(function* (fail: boolean) {
    yield* asyncio.sleep(2)
    trace('inner ends')
    if (fail) throw new asyncio.ValueError('late')
    return 'result'
  })
  for (const fail of [false, true]) {
    const task = asyncio.createTask(inner(fail))
    const outer = co(function* () {
      yield* asyncio.shield(task)
    })
    const waiting = asyncio.createTask(outer())
    yield* asyncio.sleep(1)
    waiting.cancel()
    trace(yield* asyncio.gather([waiting], { returnExceptions: true }), task.done())
    yield* asyncio.sleep(2)
    trace(task.done())
  }
}
