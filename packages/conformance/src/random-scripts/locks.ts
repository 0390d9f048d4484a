import { asyncio, co, trace } from '../case.ts'
import type { Task } from '../case.ts'
import { Random } from './random.ts'

/** Stays in generators: only they have CPython's order inside a turn. */
export const script = co(function* (seed: number) {
  const random = new Random(seed)
  const lock = new asyncio.Lock()
  const events: string[] = []
  const tasks: Task[] = []

  const worker = co(function* (name: number, turns: number, swallows: boolean) {
    for (let round = 0; round < 2; round++) {
      try {
        yield* lock.acquire()
        try {
          events.push(`${name}+`)
          for (let turn = 0; turn < turns; turn++) yield* asyncio.sleep(0)
        } finally {
          lock.release()
        }
        events.push(`${name}-`)
      } catch (error) {
        if (!asyncio.isCancelled(error)) throw error
        events.push(`${name}!`)
        if (!swallows) throw error
      }
    }
  })

  for (let step = 0; step < 30; step++) {
    const action = random.below(5)
    if (action < 2 && tasks.length < 8) {
      tasks.push(asyncio.createTask(worker(tasks.length, random.below(3), random.below(3) === 0)))
    } else if (action === 2 && tasks.length > 0) tasks[random.below(tasks.length)]!.cancel()
    else {
      events.push(lock.locked() ? '.' : ',')
      yield* asyncio.sleep(0)
    }
  }
  yield* asyncio.gather(tasks, { returnExceptions: true })
  trace(seed, events.join(''), lock.locked())
})
