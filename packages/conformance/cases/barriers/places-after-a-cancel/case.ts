import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const barrier = new asyncio.Barrier(3)

  const arrive = co(function* (name: string) {
    trace(name, yield* barrier.wait())
  })

  const tasks = ['a', 'b'].map((name) => asyncio.createTask(arrive(name)))
  yield* asyncio.sleep(1)
  tasks[0]!.cancel()
  yield* asyncio.sleep(1)
  tasks.push(...['c', 'd'].map((name) => asyncio.createTask(arrive(name))))
  yield* asyncio.wait(tasks)
  trace(barrier.nWaiting, barrier.broken)
}
