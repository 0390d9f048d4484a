import { describe, expect, it } from 'vitest'
import { RuntimeError } from '@asyncio-ts/core'
import type { Task } from '@asyncio-ts/core'
import { both } from '../../../test-support/both.ts'
import type { Stage } from '../../../test-support/both.ts'
import { failureOf } from '../../../test-support/errors.ts'
import { runManually } from '../../../test-support/manual-loop.ts'
import { sleep } from '../../../test-support/sleep.ts'
import { Lock } from '../src/index.ts'

/** Starts a task that acquires, notes its name, and holds the lock until it is cancelled. */
function holder({ start }: Stage, lock: Lock, name: string, log: string[]): Task<void> {
  return start(function* (wait) {
    yield* wait(lock.acquire())
    log.push(name)
    try {
      yield* wait(sleep(1000))
    } finally {
      lock.release()
    }
  })
}

describe('Lock', () => {
  both('is held by one at a time', function* ({ wait }) {
    const lock = new Lock()
    expect(lock.locked()).toBe(false)
    yield* wait(lock.acquire())
    expect(lock.locked()).toBe(true)
    lock.release()
    expect(lock.locked()).toBe(false)
  })

  both('takes no turn when it is free', function* ({ wait, loop }) {
    const lock = new Lock()
    let turned = false
    loop.callSoon(() => (turned = true))
    for (let i = 0; i < 10; i++) {
      const guard = yield* wait(lock.acquire())
      guard.release()
    }
    expect(turned).toBe(false)
  })

  both('serves waiters in the order in which they came', function* (stage) {
    const lock = new Lock()
    const log: string[] = []
    const tasks = ['a', 'b', 'c', 'd'].map((name) => holder(stage, lock, name, log))
    yield* stage.turns(2)
    for (const task of tasks) {
      task.cancel()
      yield* stage.turns(4)
    }
    expect(log).toEqual(['a', 'b', 'c', 'd'])
    expect(lock.locked()).toBe(false)
  })

  both('is not free while it is handed over', function* (stage) {
    const { wait, start, turns } = stage
    const lock = new Lock()
    const log: string[] = []
    yield* wait(lock.acquire())
    const first = holder(stage, lock, 'waited', log)
    yield* turns(2)
    lock.release()
    expect(lock.locked()).toBe(false)
    const late = start(function* (wait) {
      yield* wait(lock.acquire())
      log.push('came late')
      lock.release()
    })
    yield* turns(3)
    expect(log).toEqual(['waited'])
    first.cancel()
    yield* wait(late)
    expect(log).toEqual(['waited', 'came late'])
  })

  both('passes the wake-up of a cancelled waiter on', function* (stage) {
    const { wait, turns } = stage
    const lock = new Lock()
    const log: string[] = []
    yield* wait(lock.acquire())
    const [a, b] = [holder(stage, lock, 'a', log), holder(stage, lock, 'b', log)]
    yield* turns(2)
    lock.release()
    a.cancel()
    yield* turns(4)
    expect(log).toEqual(['b'])
    expect(a.cancelled()).toBe(true)
    b.cancel()
    yield* turns(3)
    expect(lock.locked()).toBe(false)
  })

  both('is free at once when all who wait have been cancelled', function* (stage) {
    const { wait, turns } = stage
    const lock = new Lock()
    yield* wait(lock.acquire())
    const tasks = ['a', 'b'].map((name) => holder(stage, lock, name, []))
    yield* turns(2)
    for (const task of tasks) task.cancel()
    lock.release()
    yield* wait(lock.acquire())
    yield* turns(4)
    expect(lock.statistics()).toEqual({ locked: true, waiting: 0 })
    lock.release()
  })

  both('can be cancelled twice before it has unwound', function* (stage) {
    const { wait, turns } = stage
    const lock = new Lock()
    const log: string[] = []
    yield* wait(lock.acquire())
    const [a, b] = [holder(stage, lock, 'a', log), holder(stage, lock, 'b', log)]
    yield* turns(2)
    a.cancel()
    a.cancel()
    lock.release()
    yield* turns(4)
    expect(log).toEqual(['b'])
    b.cancel()
    yield* turns(3)
  })

  both('keeps the message and the reason of a cancel', function* (stage) {
    const { wait, turns, start } = stage
    const lock = new Lock()
    yield* wait(lock.acquire())
    const task = start((wait) => wait(lock.acquire()))
    yield* turns(2)
    task.cancel('no time', { reason: 42 })
    const error = yield* failureOf(wait, task)
    expect([error.name, error.message, error.cause]).toEqual(['CancelledError', 'no time', 42])
  })

  both('runs a body of any kind while it is held', function* ({ wait }) {
    const lock = new Lock()
    const seen: boolean[] = []
    const inGenerator = function* () {
      yield* sleep(1)
      seen.push(lock.locked())
      return 'generator'
    }
    const inAsync = async () => {
      await sleep(1)
      seen.push(lock.locked())
      return 'async'
    }
    expect(yield* wait(lock.with(inGenerator))).toBe('generator')
    expect(yield* wait(lock.with(inAsync))).toBe('async')
    expect(yield* wait(lock.with(() => lock.locked()))).toBe(true)
    expect(seen).toEqual([true, true])
    expect(lock.locked()).toBe(false)
  })

  both('is released when the body throws', function* ({ wait }) {
    const lock = new Lock()
    const error = yield* failureOf(
      wait,
      lock.with(() => {
        throw new Error('broken')
      }),
    )
    expect(error.message).toBe('broken')
    expect(lock.locked()).toBe(false)
  })

  both('is released when the body is cancelled', function* ({ start, turns, wait }) {
    const lock = new Lock()
    const unwound: string[] = []
    const task = start((wait) =>
      wait(
        lock.with(async () => {
          try {
            await sleep(1000)
          } finally {
            await sleep(1)
            unwound.push(`locked: ${lock.locked()}`)
          }
        }),
      ),
    )
    yield* turns(2)
    task.cancel()
    expect((yield* failureOf(wait, task)).name).toBe('CancelledError')
    expect(unwound).toEqual(['locked: true'])
    expect(lock.locked()).toBe(false)
  })

  it('costs each of 10,000 waiters the same, wherever it leaves', async () => {
    await runManually(function* () {
      const lock = new Lock()
      yield* lock.acquire()
      const waiting = Array.from({ length: 10_000 }, () => lock.acquire())
      // Those who wait without a task of their own leave when their coroutine is closed.
      for (const each of waiting) each.next()
      expect(lock.statistics().waiting).toBe(10_000)
      for (let i = 0; i < waiting.length; i += 2) waiting[i]!.return(undefined as never)
      for (let i = waiting.length - 1; i > 0; i -= 2) waiting[i]!.return(undefined as never)
      expect(lock.statistics()).toEqual({ locked: true, waiting: 0 })
      lock.release()
      yield* lock.acquire()
      lock.release()
    })
  })

  both('does not stay with a waiter that was closed after it had been woken', function* ({ wait, turns, start }) {
    const lock = new Lock()
    yield* wait(lock.acquire())
    const closed = lock.acquire()
    closed.next()
    const next = start((wait) => wait(lock.acquire()))
    yield* turns(2)
    lock.release()
    closed.return(undefined as never)
    yield* turns(3)
    expect(next.done()).toBe(true)
  })

  it('says what is wrong when it is not held', () => {
    const lock = new Lock()
    expect(() => lock.release()).toThrow(RuntimeError)
    expect(() => lock.release()).toThrow('Lock is not acquired. Call release() once for each acquire().')
  })

  it.each([undefined, null, 1, {}])('refuses %s as a body', (body) => {
    expect(() => new Lock().with(body as never)).toThrow(TypeError)
  })

  both('appears as in CPython', function* ({ wait, start, turns }) {
    const lock = new Lock()
    expect(String(lock)).toBe('<Lock [unlocked]>')
    yield* wait(lock.acquire())
    expect(`${lock}`).toBe('<Lock [locked]>')
    const tasks = [start((wait) => wait(lock.acquire())), start((wait) => wait(lock.acquire()))]
    yield* turns(2)
    expect(String(lock)).toBe('<Lock [locked, waiters:2]>')
    expect(String(lock.acquire())).toBe('<coroutine object Lock.acquire>')
    for (const task of tasks) task.cancel()
    yield* turns(2)
  })

  it('is inspected as it prints', async () => {
    const { inspect } = await import('node:util')
    expect(inspect({ lock: new Lock() })).toBe('{ lock: <Lock [unlocked]> }')
  })
})
