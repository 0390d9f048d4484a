import { all, run, sleep } from 'effection'
import type { Operation } from 'effection'
import { scatteredMs } from '../../scattered.ts'
import { sum, times } from '../../times.ts'

function* nap(delayMs: number): Operation<number> {
  yield* sleep(delayMs)
  return 1
}

export default (n: number): Promise<number> =>
  run(function* () {
    return sum(yield* all(times(n, (i) => nap(scatteredMs(i)))))
  })
