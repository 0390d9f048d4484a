import { all, run, spawn } from 'effection'
import { sum } from '../../times.ts'

export default (n: number): Promise<number> =>
  run(function* () {
    const tasks = []
    for (let i = 0; i < n; i++) {
      const task = yield* spawn(function* () {
        return 1
      })
      tasks.push(task)
    }
    return sum(yield* all(tasks))
  })
