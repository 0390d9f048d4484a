/** Effection has no bare timer: a task that sleeps is one, halted to call it off. */
import { run, sleep, spawn } from 'effection'
import { isCalledOff, timerMs } from '../../scattered.ts'

export default (n: number): Promise<number> =>
  run(function* () {
    let count = 0
    const tasks = []
    for (let i = 0; i < n; i++) {
      const task = yield* spawn(function* () {
        yield* sleep(timerMs(i))
        count++
      })
      tasks.push(task)
    }
    for (let i = 0; i < n; i++) {
      if (!isCalledOff(i)) continue
      yield* tasks[i]!.halt()
      count++
    }
    while (count < n) yield* sleep(10)
    return count
  })
