import { describe, expect, test } from 'vitest'
import { coroutine } from '@asyncio-ts/core'
import type { Coroutine } from '@asyncio-ts/core'
import { Lock } from '@asyncio-ts/sync'
import { createTask, sleep, wait } from '@asyncio-ts/tasks'
import { explore, replay, runSeeded, ScheduleFailure } from '../src/index.ts'
import type { ExploreOptions, Program } from '../src/index.ts'
import { PlantedCondition } from './planted/condition.ts'
import { PlantedLock } from './planted/lock.ts'
import { PlantedQueue } from './planted/queue.ts'

/** Three tasks take turns with a lock. */
function* lockProgram(): Coroutine<void> {
  const lock = new PlantedLock()
  const user = coroutine(function* user(): Coroutine<void> {
    yield* lock.acquire()
    try {
      yield* sleep(0)
    } finally {
      lock.release()
    }
  })
  yield* wait(['a', 'b', 'c'].map((name) => createTask(user(), { name })))
}

async function lockProgramAwaiting(): Promise<void> {
  const lock = new PlantedLock()
  const user = async (): Promise<void> => {
    await lock.acquire()
    try {
      await sleep(0)
    } finally {
      lock.release()
    }
  }
  await wait(['a', 'b', 'c'].map((name) => createTask(user, { name })))
}

/** Two consumers, either of which would do, and one item: as long as one is left, it comes. */
function* conditionProgram(): Coroutine<void> {
  const lock = new Lock()
  const condition = new PlantedCondition(lock)
  let items = 0
  const consumer = coroutine(function* consumer(): Coroutine<void> {
    yield* lock.acquire()
    try {
      while (items === 0) yield* condition.wait()
      items--
      items++
    } finally {
      lock.release()
    }
  })
  const consumers = [createTask(consumer(), { name: 'first' }), createTask(consumer(), { name: 'second' })]
  yield* sleep(0)
  yield* lock.acquire()
  items++
  condition.notify()
  lock.release()
  const { done } = yield* wait(consumers, { returnWhen: 'FIRST_COMPLETED' })
  // Whoever has come through tells the other, as everybody who uses a condition has to.
  yield* lock.acquire()
  if ([...done].some((task) => !task.cancelled())) condition.notify()
  lock.release()
  yield* wait(consumers)
}

/** What is put is either got or still there. */
function* queueProgram(): Coroutine<void> {
  const queue = new PlantedQueue<number>()
  const got: number[] = []
  const getter = coroutine(function* getter(): Coroutine<void> {
    got.push(yield* queue.get())
  })
  const getters = [createTask(getter(), { name: 'first' }), createTask(getter(), { name: 'second' })]
  yield* sleep(0)
  queue.put(1)
  queue.put(2)
  yield* wait(getters)
  if (got.length + queue.size() !== 2) throw new Error(`2 items were put, ${got.length} got, ${queue.size()} left`)
}

async function failureOf(main: Program<unknown>, options: ExploreOptions): Promise<ScheduleFailure> {
  const error: unknown = await explore(main, { schedules: 1000, cancels: 1, ...options }).catch((e: unknown) => e)
  expect(error).toBeInstanceOf(ScheduleFailure)
  return error as ScheduleFailure
}

describe.each([
  ['a wake-up that is lost by a Lock', lockProgram, 'Deadlock'],
  ['the same in async functions', lockProgramAwaiting, 'Deadlock'],
  ['a notification that a Condition does not pass on', conditionProgram, 'Deadlock'],
  ['an item that a Queue drops', queueProgram, 'Error'],
] as [string, Program<unknown>, string][])('%s', (_title, main, name) => {
  test.each(['random', 'pct', 'both'] as const)('is found and replayed (%s)', async (strategy) => {
    const failure = await failureOf(main, { strategy })
    expect((failure.cause as Error).name).toBe(name)
    expect(failure.schedules).toBeLessThan(1000)
    const bySeed = await runSeeded(main, { seed: failure.seed!, strategy, cancels: 1 }).catch((error: unknown) => error)
    expect((bySeed as Error).cause).toMatchObject({ name })
    const bySchedule = await replay(main, failure.schedule).catch((error: unknown) => error)
    expect((bySchedule as ScheduleFailure).trace).toEqual(failure.trace)
    expect(failure.message).toContain(`await replay(${main.name}, '${failure.schedule}')`)
    if (process.env['SHOW']) console.log(failure.message)
  })

  test('is found by going through every schedule', async () => {
    const failure = await failureOf(main, { exhaustive: true, preemptions: 1 })
    expect((failure.cause as Error).name).toBe(name)
  })
})
