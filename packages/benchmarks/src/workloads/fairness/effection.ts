import { all, run, sleep } from 'effection'
import type { Operation } from 'effection'
import { sum, times } from '../../times.ts'

function* spin(keepsOn: () => boolean): Operation<number> {
  let turns = 0
  for (; keepsOn(); turns++) yield* sleep(0)
  return turns
}

export default (tasks: number, keepsOn: () => boolean): Promise<number> =>
  run(function* () {
    return sum(yield* all(times(tasks, () => spin(keepsOn))))
  })
