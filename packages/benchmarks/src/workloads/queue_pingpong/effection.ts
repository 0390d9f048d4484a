/** Effection's queues have no bound: a put never waits. */
import { createQueue, run, spawn } from 'effection'
import type { Operation, Queue } from 'effection'

function* take(queue: Queue<number, never>): Operation<number> {
  return (yield* queue.next()).value
}

export default (n: number): Promise<number> =>
  run(function* () {
    const there = createQueue<number, never>()
    const back = createQueue<number, never>()
    const echo = yield* spawn(function* () {
      for (let i = 0; i < n; i++) back.add((yield* take(there)) + 1)
    })
    let count = 0
    for (let i = 0; i < n; i++) {
      there.add(count)
      count = yield* take(back)
    }
    yield* echo
    return count
  })
