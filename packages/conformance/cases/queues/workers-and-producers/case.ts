import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const q = new asyncio.Queue<string>(2)
  const producer = co(function* (name: string, pause: number) {
    for (let n = 0; n < 4; n++) {
      yield* asyncio.sleep(pause)
      yield* q.put(`${name}${n}`)
    }
  })
  const worker = co(function* (name: string, pause: number) {
    for (;;) {
      const item = yield* q.get()
      yield* asyncio.sleep(pause)
      trace(name, item)
      q.taskDone()
    }
  })
  const workers = [0, 1, 2].map((n) => asyncio.createTask(worker(`w${n}`, 1 + n / 10)))
  yield* asyncio.gather(producer('a', 0.25), producer('b', 0.375))
  trace('produced')
  yield* q.join()
  trace('joined', q.qsize())
  for (const task of workers) task.cancel()
  trace(yield* asyncio.gather(workers, { returnExceptions: true }))
}
