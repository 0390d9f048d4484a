import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const q = new asyncio.Queue<string>()
  const getter = co(function* () {
    trace('got', yield* q.get())
  })
  const task = asyncio.createTask(getter())
  yield* asyncio.sleep(0)
  q.putNowait('a')
  trace('stolen', q.getNowait())
  yield* asyncio.sleep(0)
  yield* asyncio.sleep(0)
  trace(task.done())
  q.putNowait('b')
  yield* task
}
