import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const worker = co(function* (n: number) {
    yield* asyncio.sleep(n)
    trace('ends', n)
    return n
  })
  let a!: { result(): number }
  yield* asyncio.taskGroup(function* (tg) {
    a = tg.createTask(worker(2))
    const late = co(function* () {
      yield* asyncio.sleep(1)
      tg.createTask(worker(3))
      trace('added')
    })
    tg.createTask(late())
    trace('body ends')
  })
  trace('group over', a.result())
}
