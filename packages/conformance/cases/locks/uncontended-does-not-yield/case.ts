import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const lock = new asyncio.Lock()
  const other = co(function* () {
    trace('other')
  })
  const task = asyncio.createTask(other())
  for (let n = 0; n < 3; n++) {
    using _ = yield* lock.acquire()
    trace('held', n)
  }
  yield* task
}
