import { asyncio, co, trace } from '../case.ts'
import type { Task } from '../case.ts'
import { Random } from './random.ts'

/** Stays in generators: only they have CPython's order inside a turn. */
export const script = co(function* (seed: number) {
  const random = new Random(seed)
  const semaphore = new asyncio.Semaphore(random.below(3))
  const events: string[] = []
  const tasks: Task[] = []

  const worker = co(function* (name: number, turns: number, swallows: boolean) {
    for (let round = 0; round < 2; round++) {
      try {
        yield* semaphore.acquire()
        events.push(`${name}+`)
        for (let turn = 0; turn < turns; turn++) yield* asyncio.sleep(0)
        semaphore.release()
        events.push(`${name}-`)
      } catch (error) {
        if (!asyncio.isCancelled(error)) throw error
        events.push(`${name}!`)
        if (!swallows) throw error
      }
    }
  })

  for (let step = 0; step < 40; step++) {
    const action = random.below(7)
    if (action < 3 && tasks.length < 8) {
      tasks.push(asyncio.createTask(worker(tasks.length, random.below(3), random.below(3) === 0)))
    } else if (action === 3 && tasks.length > 0) tasks[random.below(tasks.length)]!.cancel()
    else if (action === 4) {
      for (let count = 1 + random.below(2); count > 0; count--) semaphore.release()
      events.push('r')
    } else {
      events.push(semaphore.locked() ? '.' : ',')
      yield* asyncio.sleep(0)
    }
  }
  for (let count = 0; count < 20; count++) semaphore.release()
  yield* asyncio.gather(tasks, { returnExceptions: true })
  trace(seed, events.join(''), semaphore.statistics().value)
})
