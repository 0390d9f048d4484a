import { currentTask } from '@asyncio-ts/core'
import type { Coroutine, Task } from '@asyncio-ts/core'
import { Barrier, BoundedSemaphore, BrokenBarrierError, Condition, Event, Lock, Semaphore } from '@asyncio-ts/sync'
import { createTask, sleep, wait } from '@asyncio-ts/tasks'
import { always } from '../../src/index.ts'
import { holds } from './explored.ts'
import type { Explored } from './explored.ts'

const names = (name: string, count: number): string[] => Array.from({ length: count }, (_, index) => `${name}-${index}`)
const only = (prefix: string) => (task: Task) => task.getName().startsWith(prefix)

/** One at a time, everybody in the end, and the lock is free when all have gone: L1. */
const lock: Explored = {
  title: 'Lock',
  cancels: 3,
  *main(): Coroutine<void> {
    const shared = new Lock()
    let inside = 0
    always(() => holds(inside <= 1, 'one task at a time holds the lock'))
    const user = function* (): Coroutine<void> {
      for (let round = 0; round < 2; round++) {
        yield* shared.acquire()
        inside++
        try {
          yield* sleep(round % 2)
        } finally {
          inside--
          shared.release()
        }
      }
    }
    yield* wait(names('user', 4).map((name) => createTask(user, { name })))
    holds(!shared.locked(), 'the lock is free')
    holds(shared.statistics().waiting === 0, 'nobody waits')
    yield* shared.acquire()
  },
}

const lockAwaiting: Explored = {
  title: 'Lock, awaited by async functions, with and without guards',
  cancels: 3,
  async main(): Promise<void> {
    const shared = new Lock()
    let inside = 0
    const enter = async (): Promise<void> => {
      inside++
      try {
        await sleep(0)
        holds(inside === 1, 'one task at a time holds the lock')
      } finally {
        inside--
      }
    }
    const users = [
      async () => {
        using _guard = await shared.acquire()
        await enter()
      },
      async () => shared.with(enter),
      async () => {
        try {
          using _guard = await shared.acquire({ timeout: 1 })
          await enter()
        } catch (error) {
          if ((error as Error).name !== 'TimeoutError') throw error
        }
      },
      async () => {
        await shared.acquire()
        try {
          await sleep(1)
        } finally {
          shared.release()
        }
      },
    ]
    await wait(users.map((user, index) => createTask(user, { name: `user-${index}` })))
    holds(!shared.locked(), 'the lock is free')
    holds(shared.statistics().waiting === 0, 'nobody waits')
  },
}

function semaphore(title: string, make: (value: number) => Semaphore): Explored {
  return {
    title,
    cancels: 3,
    *main(): Coroutine<void> {
      const shared = make(2)
      let inside = 0
      always(() => holds(inside <= 2, 'as many tasks hold it as it has places'))
      const user = function* (): Coroutine<void> {
        for (let round = 0; round < 2; round++) {
          yield* shared.acquire()
          inside++
          try {
            yield* sleep(round)
          } finally {
            inside--
            shared.release()
          }
        }
      }
      yield* wait(names('user', 5).map((name) => createTask(user, { name })))
      yield* shared.acquire()
      yield* shared.acquire()
      holds(shared.locked(), 'there are two places, and no third')
    },
  }
}

/** Whoever waits when the event is set goes on, though it is cleared at once. */
const event: Explored = {
  title: 'Event',
  cancels: 2,
  *main(): Coroutine<void> {
    const shared = new Event()
    const waiting = new Set<Task>()
    const waiter = function* (): Coroutine<void> {
      const self = currentTask()!
      waiting.add(self)
      try {
        yield* shared.wait()
      } finally {
        waiting.delete(self)
      }
    }
    const tasks = names('waiter', 4).map((name) => createTask(waiter, { name }))
    yield* sleep(0)
    const before = [...waiting]
    shared.set()
    shared.clear()
    yield* sleep(1)
    holds(
      before.every((task) => task.done()),
      'all who waited when the event was set have gone on',
    )
    shared.set()
    yield* wait(tasks)
    holds(waiting.size === 0, 'nobody waits for an event that is set')
  },
}

/** A notification is never lost: with items left and nobody busy, no consumer waits. */
const condition: Explored = {
  title: 'Condition',
  cancels: { count: 2, tasks: only('consumer') },
  *main(): Coroutine<void> {
    const shared = new Condition()
    let items = 0
    let consumed = 0
    const consumer = function* (): Coroutine<void> {
      yield* shared.acquire()
      try {
        yield* shared.waitFor(() => items > 0)
        items--
        consumed++
      } finally {
        holds(shared.locked(), 'a consumer that leaves holds the lock')
        shared.release()
      }
    }
    const producer = function* (): Coroutine<void> {
      for (let count = 0; count < 2; count++) {
        yield* shared.acquire()
        items++
        shared.notify()
        shared.release()
        yield* sleep(0)
      }
    }
    const consumers = names('consumer', 4).map((name) => createTask(consumer, { name }))
    yield* wait(names('producer', 2).map((name) => createTask(producer, { name })))
    yield* sleep(1)
    const waiting = consumers.filter((task) => !task.done()).length
    holds(items === 0 || waiting === 0, 'no consumer waits while there are items')
    holds(items + consumed === 4, 'nothing is lost, and nothing made up')
    for (const task of consumers) task.cancel()
    yield* wait(consumers)
    holds(!shared.locked(), 'the lock is free')
  },
}

/** Each generation is released together, with an index for each, or not at all. */
const barrier: Explored = {
  title: 'Barrier',
  cancels: { count: 2, tasks: only('party') },
  *main(): Coroutine<void> {
    const shared = new Barrier(3)
    const indexes: number[] = []
    let broken = 0
    const party = function* (): Coroutine<void> {
      try {
        indexes.push(yield* shared.wait())
      } catch (error) {
        if (!(error instanceof BrokenBarrierError)) throw error
        broken++
      }
    }
    const parties = names('party', 7).map((name) => createTask(party, { name }))
    yield* sleep(1)
    const cancelled = parties.filter((task) => task.cancelled()).length
    const waiting = parties.filter((task) => !task.done()).length
    holds(waiting === shared.nWaiting && waiting < 3, 'fewer wait than are needed')
    // A party may be cancelled when its generation has been released already: the others go on without its index.
    holds(indexes.length + cancelled + waiting === 7, 'everybody has gone through, gone away, or waits')
    holds(indexes.filter((index) => index === 0).length <= 2, 'each index is given once a generation')
    yield* shared.abort()
    yield* wait(parties)
    holds(broken + parties.filter((task) => task.cancelled()).length >= waiting, 'who waited hears of the abort')
    holds(shared.nWaiting === 0, 'nobody waits at a broken barrier')
    yield* shared.reset()
    holds(!shared.broken, 'a reset barrier is whole')
  },
}

export const syncPrograms: readonly Explored[] = [
  lock,
  lockAwaiting,
  semaphore('Semaphore', (value) => new Semaphore(value)),
  semaphore('BoundedSemaphore', (value) => new BoundedSemaphore(value)),
  event,
  condition,
  barrier,
]
