import { asyncio, co, trace } from '../case.ts'
import type { Task } from '../case.ts'
import { Random } from './random.ts'

/** Stays in generators: only they have CPython's order inside a turn. */
export const script = co(function* (seed: number) {
  const random = new Random(seed)
  const barrier = new asyncio.Barrier(2 + random.below(2))
  const events: string[] = []
  const tasks: Task[] = []

  const worker = co(function* (name: number) {
    try {
      for (let round = 0; round < 2; round++) events.push(`${name}=${yield* barrier.wait()}`)
    } catch (error) {
      if (error instanceof asyncio.BrokenBarrierError) events.push(`${name}#`)
      else {
        events.push(`${name}!`)
        throw error
      }
    }
  })

  for (let step = 0; step < 40; step++) {
    const action = random.below(12)
    if (action < 4) tasks.push(asyncio.createTask(worker(tasks.length)))
    else if (action < 6 && tasks.length > 0) tasks[random.below(tasks.length)]!.cancel()
    else if (action === 6) tasks.push(asyncio.createTask(barrier.reset()))
    else if (action === 7 && random.below(2) === 0) tasks.push(asyncio.createTask(barrier.abort()))
    else {
      events.push(`${barrier.nWaiting}${barrier.broken ? 'b' : '.'}`)
      yield* asyncio.sleep(0)
    }
  }
  for (let turn = 0; turn < 40; turn++) yield* asyncio.sleep(0)
  events.push(`|${barrier.nWaiting}|`)
  yield* barrier.abort()
  yield* asyncio.gather(tasks, { returnExceptions: true })
  trace(seed, events.join(''), barrier.nWaiting, barrier.broken)
})
