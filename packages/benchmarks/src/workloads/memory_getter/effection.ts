import { createQueue, run, sleep, spawn } from 'effection'

export default (n: number, whenAsleep: () => void): Promise<number> =>
  run(function* () {
    const queue = createQueue<number, never>()
    const tasks = []
    for (let i = 0; i < n; i++) tasks.push(yield* spawn(() => queue.next()))
    yield* sleep(0)
    whenAsleep()
    return tasks.length
  })
