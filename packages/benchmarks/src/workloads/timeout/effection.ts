/** Effection's time limit is a race against a sleep. */
import { race, run, sleep } from 'effection'
import type { Operation } from 'effection'

function* body(turns: number): Operation<number> {
  for (let i = 0; i < turns; i++) yield* sleep(0)
  return 1
}

function* limit(): Operation<number> {
  yield* sleep(10_000)
  throw new Error('too late')
}

export default (n: number, turns: number): Promise<number> =>
  run(function* () {
    let count = 0
    for (let i = 0; i < n; i++) count += yield* race([body(turns), limit()])
    return count
  })
