import { run, sleep, spawn } from 'effection'

export default (n: number, whenAsleep: () => void): Promise<number> =>
  run(function* () {
    const tasks = []
    for (let i = 0; i < n; i++) tasks.push(yield* spawn(() => sleep(3_600_000)))
    yield* sleep(0)
    whenAsleep()
    return tasks.length
  })
