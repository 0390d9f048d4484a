import { describe, expect, it } from 'vitest'
import { CancelledError, coroutine, isCancelled, TimeoutError, ValueError } from '@asyncio-ts/core'
import type { Awaitable, Coroutine } from '@asyncio-ts/core'
import type { WaitLimits } from '@asyncio-ts/core/primitives'
import { both } from '../../../test-support/both.ts'
import { failureOf } from '../../../test-support/errors.ts'
import { ManualLoop, runManually } from '../../../test-support/manual-loop.ts'
import { sleep } from '../../../test-support/sleep.ts'
import { Condition, Event, Lock, Semaphore } from '../src/index.ts'

interface Blocked {
  wait: (limits?: WaitLimits) => Awaitable<unknown>
  /** Lets the one who waits first go on. */
  open: () => void
  /** How many wait. */
  waiting: () => number
  /** Whether what was not had is there for somebody else. */
  isIntact: () => boolean
}

/** A primitive of each kind for which one has to wait. */
const kinds: [name: string, make: () => Awaitable<Blocked>][] = [
  [
    'Lock.acquire',
    coroutine(function* (): Coroutine<Blocked> {
      const lock = new Lock()
      yield* lock.acquire()
      return {
        wait: (limits) => lock.acquire(limits),
        open: () => lock.release(),
        waiting: () => lock.statistics().waiting,
        isIntact: () => !lock.locked(),
      }
    }),
  ],
  [
    'Semaphore.acquire',
    coroutine(function* (): Coroutine<Blocked> {
      const semaphore = new Semaphore(0)
      return {
        wait: (limits) => semaphore.acquire(limits),
        open: () => semaphore.release(),
        waiting: () => semaphore.statistics().waiting,
        isIntact: () => semaphore.statistics().value === 1,
      }
    }),
  ],
  [
    'Event.wait',
    coroutine(function* (): Coroutine<Blocked> {
      const event = new Event()
      return {
        wait: (limits) => event.wait(limits),
        open: () => event.set(),
        waiting: () => event.statistics().waiting,
        isIntact: () => event.isSet(),
      }
    }),
  ],
  [
    'Condition.wait',
    coroutine(function* (): Coroutine<Blocked> {
      const condition = new Condition()
      yield* condition.acquire()
      return {
        wait: (limits) => condition.wait(limits),
        open: () => void condition.with(() => condition.notify()).then(() => undefined),
        waiting: () => condition.statistics().waiting,
        isIntact: () => condition.locked(),
      }
    }),
  ],
]

describe.each(kinds)('limits of %s', (name, make) => {
  both('end the wait with a TimeoutError when the time is up', function* ({ wait, loop }) {
    const blocked = yield* wait(make())
    const error = yield* failureOf(wait, blocked.wait({ timeout: 2.5 }))
    expect(error).toBeInstanceOf(TimeoutError)
    expect(loop.time()).toBe(2.5)
    expect(blocked.waiting()).toBe(0)
    blocked.open()
    yield* wait(sleep(1))
    expect(blocked.isIntact()).toBe(true)
  })

  both('do not apply when the wait ends before', function* ({ wait, loop }) {
    const blocked = yield* wait(make())
    const { signal } = new AbortController()
    loop.callLater(1, blocked.open)
    expect(yield* wait(blocked.wait({ timeout: 2, signal }))).toBeTruthy()
    expect(loop.time()).toBe(1)
    yield* wait(sleep(5))
  })

  both('end the wait when the signal aborts, without cancelling the task', function* ({ wait, start, turns, loop }) {
    const blocked = yield* wait(make())
    const controller = new AbortController()
    const reason = new Error('the client has gone')
    const task = start(function* (wait) {
      const error = yield* failureOf(wait, blocked.wait({ signal: controller.signal }))
      yield* wait(sleep(1))
      return error
    })
    loop.callLater(1, () => controller.abort(reason))
    const error = yield* wait(task)
    expect(error).toBeInstanceOf(CancelledError)
    expect(error.cause).toBe(reason)
    expect(task.cancelling()).toBe(0)
    yield* turns(1)
    expect(blocked.waiting()).toBe(0)
  })

  both('let a cancel prevail that comes in the same turn', function* ({ wait, start, turns }) {
    const blocked = yield* wait(make())
    const controller = new AbortController()
    const task = start((wait) => wait(blocked.wait({ signal: controller.signal })))
    yield* turns(2)
    controller.abort(new Error('aborted'))
    task.cancel('cancelled')
    const error = yield* failureOf(wait, task)
    expect(isCancelled(error)).toBe(true)
    expect([error.message, error.cause]).toEqual(['cancelled', undefined])
    expect(blocked.waiting()).toBe(0)
  })

  both('do not matter any more once it was woken', function* ({ wait, start, turns }) {
    const blocked = yield* wait(make())
    const controller = new AbortController()
    const task = start((wait) => wait(blocked.wait({ signal: controller.signal })))
    yield* turns(2)
    blocked.open()
    yield* turns(name === 'Condition.wait' ? 1 : 0)
    controller.abort()
    expect(yield* wait(task)).toBeTruthy()
  })

  both('that time out pass no wake-up on, and take none', function* ({ wait, start, turns, loop }) {
    const blocked = yield* wait(make())
    if (name === 'Condition.wait') return
    const impatient = start((wait) => wait(blocked.wait({ timeout: 1 })))
    yield* turns(2)
    const patient = start((wait) => wait(blocked.wait()))
    yield* wait(sleep(2))
    expect(impatient.exception()).toBeInstanceOf(TimeoutError)
    expect([patient.done(), blocked.waiting(), loop.time()]).toEqual([false, 1, 2])
    blocked.open()
    yield* wait(patient)
  })

  both('refuse a signal that has aborted already', function* ({ wait }) {
    const blocked = yield* wait(make())
    const signal = AbortSignal.abort('too late')
    const error = yield* failureOf(wait, blocked.wait({ signal }))
    expect(isCancelled(error)).toBe(true)
    expect(error.cause).toBe('too late')
    expect(blocked.waiting()).toBe(0)
  })

  it.each([
    [{ timeout: NaN }, ValueError],
    [{ timeout: '1' }, TypeError],
    [{ signal: {} }, TypeError],
    [5, TypeError],
    [null, TypeError],
  ])('are checked at the call: %j', async (limits, type) => {
    const blocked = await make()
    expect(() => blocked.wait(limits as never)).toThrow(type)
    expect(blocked.waiting()).toBe(0)
  })

  it('leave no timer and no listener behind', async () => {
    const loop = new ManualLoop()
    await runManually(async () => {
      const blocked = await make()
      const { signal } = new AbortController()
      let listeners = 0
      const { addEventListener, removeEventListener } = signal
      signal.addEventListener = (...args: unknown[]) => {
        listeners++
        addEventListener.apply(signal, args as never)
      }
      signal.removeEventListener = (...args: unknown[]) => {
        listeners--
        removeEventListener.apply(signal, args as never)
      }
      loop.callSoon(blocked.open)
      await blocked.wait({ timeout: 100, signal })
      expect(listeners).toBe(0)
      expect(loop.nextTimeout()).toBe(null)
    }, loop)
  })
})

describe('limits', () => {
  both('do not matter where nobody has to wait', function* ({ wait }) {
    const limits = { timeout: 0, signal: new AbortController().signal }
    const event = new Event()
    event.set()
    expect(yield* wait(new Lock().acquire(limits))).toBeTruthy()
    expect(yield* wait(new Semaphore(1).acquire(limits))).toBeTruthy()
    expect(yield* wait(event.wait(limits))).toBe(true)
  })

  both('with an aborted signal refuse what is free as well, and take nothing', function* ({ wait }) {
    const limits = { signal: AbortSignal.abort() }
    const lock = new Lock()
    const semaphore = new Semaphore(1)
    yield* failureOf(wait, lock.acquire(limits))
    yield* failureOf(wait, semaphore.acquire(limits))
    expect(lock.locked()).toBe(false)
    expect(semaphore.statistics().value).toBe(1)
  })

  both('never limit the hold', function* ({ wait, loop }) {
    const lock = new Lock()
    yield* wait(lock.acquire({ timeout: 1 }))
    yield* wait(sleep(10))
    expect([lock.locked(), loop.time()]).toEqual([true, 10])
    lock.release()
  })

  both('of infinity are none', function* ({ wait, loop }) {
    const event = new Event()
    loop.callLater(1000, () => event.set())
    expect(yield* wait(event.wait({ timeout: Infinity }))).toBe(true)
    expect(loop.time()).toBe(1000)
  })

  both('of zero or less end the wait in the next turn', function* ({ wait, loop }) {
    const lock = new Lock()
    yield* wait(lock.acquire())
    expect(yield* failureOf(wait, lock.acquire({ timeout: 0 }))).toBeInstanceOf(TimeoutError)
    expect(yield* failureOf(wait, lock.acquire({ timeout: -1 }))).toBeInstanceOf(TimeoutError)
    expect(loop.time()).toBe(0)
  })

  both('of null or undefined are none', function* ({ wait, loop }) {
    const event = new Event()
    loop.callLater(1, () => event.set())
    expect(yield* wait(event.wait({ timeout: null, signal: undefined }))).toBe(true)
  })

  both('of a condition still take the lock again', function* ({ wait, loop, turns }) {
    const condition = new Condition()
    const guard = yield* wait(condition.acquire())
    const other = loop.createTask(condition.with(() => sleep(10)))
    expect(yield* failureOf(wait, condition.wait({ timeout: 1 }))).toBeInstanceOf(TimeoutError)
    expect(loop.time()).toBe(10)
    expect([other.done(), condition.locked()]).toEqual([true, true])
    guard.release()
    yield* turns(1)
    expect(condition.locked()).toBe(false)
  })
})
