import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const work = co(function* (n: number) {
    yield* asyncio.sleep(n)
    return n
  })

  const tasks = [2, 1, 3].map((n) => asyncio.createTask(work(n)))
  const waitings = [...asyncio.asCompleted([...tasks, ...tasks])]
  trace(waitings.length)
  const ask = co(function* (name: number) {
    trace(name, yield* waitings[name]!)
  })
  yield* asyncio.gather([2, 0, 1].map((name) => ask(name)))
}
