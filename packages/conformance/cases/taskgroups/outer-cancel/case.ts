import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const worker = co(function* (n: number) {
    try {
      yield* asyncio.sleep(10)
    } finally {
      yield* asyncio.sleep(n)
      trace('out', n)
    }
  })
  const grouped = co(function* () {
    yield* asyncio.taskGroup(function* (tg) {
      tg.createTask(worker(1))
      tg.createTask(worker(2))
    })
  })
  const task = asyncio.createTask(grouped())
  yield* asyncio.sleep(1)
  task.cancel('outside')
  yield* asyncio.sleep(0.5)
  task.cancel('again')
  trace(yield* asyncio.gather([task], { returnExceptions: true }), task.cancelling())
}
