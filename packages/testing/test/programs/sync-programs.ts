import { currentTask } from '@asyncio-ts/core'
import type { Coroutine, Task } from '@asyncio-ts/core'
import { Barrier, BoundedSemaphore, BrokenBarrierError, Condition, Event, Lock, Semaphore } from '@asyncio-ts/sync'
import { createTask, sleep, wait } from '@asyncio-ts/tasks'
import { always } from '../../src/index.ts'
import { endedWell, holds } from './explored.ts'
import type { Explored } from './explored.ts'

const names = (name: string, count: number): string[] => Array.from({ length: count }, (_, index) => `${name}-${index}`)
const only = (prefix: string) => (task: Task) => task.getName().startsWith(prefix)

/** One at a time, everybody in the end, and the lock is free when all have gone: LOCK-1. */
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
    const users = names('user', 4).map((name) => createTask(user, { name }))
    yield* wait(users)
    endedWell(users)
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
    const tasks = users.map((user, index) => createTask<unknown>(user, { name: `user-${index}` }))
    await wait(tasks)
    endedWell(tasks)
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
      const users = names('user', 5).map((name) => createTask(user, { name }))
      yield* wait(users)
      endedWell(users)
      yield* shared.acquire()
      yield* shared.acquire()
      holds(shared.locked(), 'there are two places, and no third')
    },
  }
}

/** Whoever waits when the event is set goes on, though it is cleared at once: EVENT-1. */
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

/** A notification is never lost, and whoever comes back from a wait holds the lock: CONDITION-1. */
const condition: Explored = {
  title: 'Condition',
  cancels: { count: 2, tasks: only('consumer') },
  *main(): Coroutine<void> {
    const shared = new Condition()
    let items = 0
    let consumed = 0
    let inside = 0
    always(() => holds(inside <= 1, 'one task at a time holds the lock'))
    const consumer = function* (): Coroutine<void> {
      yield* shared.acquire()
      try {
        while (items === 0) yield* shared.wait()
        items--
        consumed++
      } finally {
        inside++
        holds(shared.locked(), 'a consumer that leaves holds the lock')
        // Not an await that could be cancelled: what is inside must not be, or it would not be seen.
        inside--
        shared.release()
      }
    }
    const producer = function* (): Coroutine<void> {
      for (let count = 0; count < 2; count++) {
        yield* shared.acquire()
        inside++
        items++
        shared.notify()
        yield* sleep(0)
        inside--
        shared.release()
      }
    }
    const consumers = names('consumer', 5).map((name) => createTask(consumer, { name }))
    const producers = names('producer', 2).map((name) => createTask(producer, { name }))
    yield* wait(producers)
    yield* sleep(1)
    const waiting = consumers.filter((task) => !task.done()).length
    holds(items === 0 || waiting === 0, 'no consumer waits while there are items')
    holds(items + consumed === 4, 'nothing is lost, and nothing made up')
    for (const task of consumers) task.cancel()
    yield* wait(consumers)
    endedWell([...consumers, ...producers])
    holds(!shared.locked(), 'the lock is free')
  },
}

/** Each generation is released together, with an index for each, or not at all: BARRIER-1. */
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
    holds(
      indexes.every((index) => index < 3),
      'an index is one of the generation',
    )
    // As in CPython, whoever comes after a cancel may be given an index that another one has.
    if (cancelled === 0) holds([...indexes].sort().join('') === '001122', 'each index is given once a generation')
    yield* shared.abort()
    yield* wait(parties)
    holds(broken + parties.filter((task) => task.cancelled()).length >= waiting, 'who waited hears of the abort')
    holds(shared.nWaiting === 0, 'nobody waits at a broken barrier')
    yield* shared.reset()
    holds(!shared.broken, 'a reset barrier is whole')
  },
}

/** A reset sends those who wait away, and the next generation passes. */
const barrierReset: Explored = {
  title: 'Barrier: reset',
  cancels: { count: 1, tasks: only('early') },
  *main(): Coroutine<void> {
    const shared = new Barrier(2)
    const party = function* (): Coroutine<number> {
      return yield* shared.wait()
    }
    const early = createTask(party, { name: 'early' })
    yield* sleep(0)
    const isFirst = shared.nWaiting === 1
    const reset = createTask(() => shared.reset(), { name: 'reset' })
    const next = names('next', 4).map((name) => createTask(party, { name }))
    yield* sleep(1)
    holds(reset.done() && (early.done() || !isFirst), 'a reset sends away who waits')
    const waiting = [early, ...next].filter((task) => !task.done())
    holds(waiting.length === shared.nWaiting && waiting.length < 2, 'nobody waits who need not')
    const passed = next.filter((task) => task.done() && task.exception() === null)
    holds(passed.length >= 2 && !shared.broken, 'a reset barrier can be used')
    yield* shared.abort()
    yield* wait([early, ...next])
    endedWell([early, reset, ...next], BrokenBarrierError)
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
  barrierReset,
]
