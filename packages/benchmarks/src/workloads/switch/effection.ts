import { all, run, sleep } from 'effection'
import type { Operation } from 'effection'
import { sum, times } from '../../times.ts'

function* spin(turns: number): Operation<number> {
  for (let i = 0; i < turns; i++) yield* sleep(0)
  return turns
}

export default (n: number, tasks: number): Promise<number> =>
  run(function* () {
    return sum(yield* all(times(tasks, () => spin(n / tasks))))
  })
