import { asyncio, co, trace } from '../case.ts'
import type { Task } from '../case.ts'
import { Random } from './random.ts'

/** Stays in generators: only they have CPython's order inside a turn. */
export const script = co(function* (seed: number) {
  const random = new Random(seed)
  const event = new asyncio.Event()
  const events: string[] = []
  const tasks: Task[] = []

  const worker = co(function* (name: number, swallows: boolean) {
    for (let round = 0; round < 2; round++) {
      try {
        yield* event.wait()
        events.push(`${name}${event.isSet() ? '+' : '-'}`)
        yield* asyncio.sleep(0)
      } catch (error) {
        if (!asyncio.isCancelled(error)) throw error
        events.push(`${name}!`)
        if (!swallows) throw error
      }
    }
  })

  for (let step = 0; step < 40; step++) {
    const action = random.below(8)
    if (action < 3 && tasks.length < 9) {
      tasks.push(asyncio.createTask(worker(tasks.length, random.below(3) === 0)))
    } else if (action === 3 && tasks.length > 0) tasks[random.below(tasks.length)]!.cancel()
    else if (action === 4) event.set()
    else if (action === 5) event.clear()
    else {
      events.push('.')
      yield* asyncio.sleep(0)
    }
  }
  event.set()
  yield* asyncio.gather(tasks, { returnExceptions: true })
  trace(seed, events.join(''))
})
