/** Effection's queues have no bound: the producer never waits. */
import { createQueue, run, spawn } from 'effection'

export default (n: number): Promise<number> =>
  run(function* () {
    const queue = createQueue<number, never>()
    const produce = yield* spawn(function* () {
      for (let i = 0; i < n; i++) queue.add(1)
    })
    let count = 0
    for (let i = 0; i < n; i++) count += (yield* queue.next()).value
    yield* produce
    return count
  })
