import { run, sleep, spawn } from 'effection'

export default (n: number): Promise<number> =>
  run(function* () {
    let count = 0
    const tasks = []
    for (let i = 0; i < n; i++) {
      const task = yield* spawn(function* () {
        try {
          yield* sleep(100_000)
        } finally {
          count++
        }
      })
      tasks.push(task)
    }
    yield* sleep(0)
    for (const task of tasks) yield* task.halt()
    return count
  })
