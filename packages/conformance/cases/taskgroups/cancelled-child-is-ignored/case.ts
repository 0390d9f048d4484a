import { asyncio, trace } from '../../../src/case.ts'

export function* main() {
  yield* asyncio.taskGroup(function* (tg) {
    const a = tg.createTask(asyncio.sleep(10))
    tg.createTask(asyncio.sleep(2))
    yield* asyncio.sleep(1)
    a.cancel()
    yield* asyncio.sleep(0)
    trace(a.cancelled())
  })
  trace('over')
}
