import { asyncio, co, trace } from '../case.ts'
import type { Task } from '../case.ts'
import { Random } from './random.ts'

type Condition = InstanceType<typeof asyncio.Condition>

/** Stays in generators: only they have CPython's order inside a turn. */
export const script = co(function* (seed: number) {
  const random = new Random(seed)
  const lock = new asyncio.Lock()
  const conditions = [new asyncio.Condition(lock), new asyncio.Condition(lock)]
  const events: string[] = []
  const tasks: Task[] = []

  const waiter = co(function* (name: number, condition: Condition, turns: number) {
    try {
      const guard = yield* condition.acquire()
      try {
        try {
          yield* condition.wait()
          events.push(`${name}+`)
        } finally {
          events.push(condition.locked() ? 'L' : 'U')
          for (let turn = 0; turn < turns; turn++) yield* asyncio.sleep(0)
        }
      } finally {
        guard.release()
      }
    } catch (error) {
      if (asyncio.isCancelled(error)) events.push(`${name}!${error.message}`)
      throw error
    }
  })

  const notifier = co(function* (condition: Condition, count: number, turns: number) {
    const guard = yield* condition.acquire()
    try {
      condition.notify(count)
      for (let turn = 0; turn < turns; turn++) yield* asyncio.sleep(0)
      events.push('n')
    } finally {
      guard.release()
    }
  })

  for (let step = 0; step < 40; step++) {
    const action = random.below(7)
    const condition = conditions[random.below(2)]!
    if (action < 2 && tasks.length < 9) {
      tasks.push(asyncio.createTask(waiter(tasks.length, condition, random.below(2))))
    } else if (action === 2) {
      tasks.push(asyncio.createTask(notifier(condition, random.below(3), random.below(3))))
    } else if (action === 3 && tasks.length > 0) {
      const task = tasks[random.below(tasks.length)]!
      for (let count = 1 + random.below(2); count > 0; count--) task.cancel(`c${step}`)
    } else {
      events.push(lock.locked() ? '.' : ',')
      yield* asyncio.sleep(0)
    }
  }
  for (let turn = 0; turn < 30; turn++) yield* asyncio.sleep(0)
  events.push('|')
  for (const condition of conditions) {
    const guard = yield* condition.acquire()
    condition.notifyAll()
    guard.release()
  }
  yield* asyncio.gather(tasks, { returnExceptions: true })
  trace(seed, events.join(''), lock.locked())
})
