import { describe, expect, it } from 'vitest'
import { RuntimeError, ValueError } from '@asyncio-ts/core'
import type { Task } from '@asyncio-ts/core'
import { both } from '../../../test-support/both.ts'
import type { Stage } from '../../../test-support/both.ts'
import { failureOf } from '../../../test-support/errors.ts'
import { sleep } from '../../../test-support/sleep.ts'
import { Condition, Lock, Semaphore } from '../src/index.ts'

/** Starts a task that waits to be notified. */
function waiter({ start }: Stage, condition: Condition, name: string, log: string[]): Task<void> {
  return start(function* (wait) {
    using _ = yield* wait(condition.acquire())
    try {
      expect(yield* wait(condition.wait())).toBe(true)
      log.push(name)
    } finally {
      if (!condition.locked()) log.push(`${name} does not hold the lock`)
    }
  })
}

function* notify({ wait }: Stage, condition: Condition, count?: number): Generator<never, void, unknown> {
  yield* wait(condition.with(() => condition.notify(count)))
}

describe('Condition', () => {
  both('wakes as many as it is told to, first come first served', function* (stage) {
    const condition = new Condition()
    const log: string[] = []
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) waiter(stage, condition, name, log)
    yield* stage.turns(20)
    expect(condition.statistics()).toEqual({ locked: false, waiting: 6 })
    yield* notify(stage, condition)
    yield* stage.turns(4)
    expect(log).toEqual(['a'])
    yield* notify(stage, condition, 0)
    yield* notify(stage, condition, -1)
    yield* notify(stage, condition, 2)
    yield* stage.turns(6)
    expect(log).toEqual(['a', 'b', 'c'])
    yield* stage.wait(condition.with(() => condition.notifyAll()))
    yield* stage.turns(10)
    expect(log).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
  })

  both('lets the woken go on only when the lock is theirs', function* (stage) {
    const { wait, turns } = stage
    const condition = new Condition()
    const log: string[] = []
    waiter(stage, condition, 'a', log)
    yield* turns(2)
    const guard = yield* wait(condition.acquire())
    condition.notify()
    yield* turns(5)
    expect(log).toEqual([])
    guard.release()
    yield* turns(3)
    expect(log).toEqual(['a'])
  })

  both('waits for a predicate, and returns what it returned', function* ({ wait, start, turns }) {
    const condition = new Condition()
    let items: string[] = []
    const task = start((wait) => wait(condition.with(() => condition.waitFor(() => items[0]))))
    yield* turns(2)
    yield* wait(condition.with(() => condition.notify()))
    yield* turns(3)
    expect(task.done()).toBe(false)
    items = ['first']
    yield* wait(condition.with(() => condition.notify()))
    expect(yield* wait(task)).toBe('first')
  })

  both('does not wait for a predicate that holds', function* ({ wait, loop }) {
    const condition = new Condition()
    let turned = false
    loop.callSoon(() => (turned = true))
    expect(yield* wait(condition.waitFor(() => 7))).toBe(7)
    expect(turned).toBe(false)
  })

  both('takes the lock again when a wait is cancelled, however often', function* (stage) {
    const { wait, turns } = stage
    const condition = new Condition()
    const log: string[] = []
    const task = waiter(stage, condition, 'a', log)
    yield* turns(2)
    const guard = yield* wait(condition.acquire())
    task.cancel('first')
    yield* turns(3)
    task.cancel('second')
    yield* turns(3)
    task.cancel('third')
    yield* turns(3)
    expect(task.done()).toBe(false)
    guard.release()
    const error = yield* failureOf(wait, task)
    expect(error.message).toBe('third')
    expect(log).toEqual([])
    expect(condition.locked()).toBe(false)
  })

  both('notifies another in place of one that is cancelled after it was notified', function* (stage) {
    const { wait, turns } = stage
    const condition = new Condition()
    const log: string[] = []
    const [a] = ['a', 'b', 'c'].map((name) => waiter(stage, condition, name, log))
    yield* turns(3)
    const guard = yield* wait(condition.acquire())
    condition.notify()
    a!.cancel()
    guard.release()
    yield* turns(6)
    expect(log).toEqual(['b'])
    expect(condition.statistics().waiting).toBe(1)
    yield* notify(stage, condition)
    yield* turns(3)
  })

  both('shares its lock with another', function* (stage) {
    const { wait, turns } = stage
    const lock = new Lock()
    const [notEmpty, notFull] = [new Condition(lock), new Condition(new Condition(lock))]
    const log: string[] = []
    waiter(stage, notEmpty, 'empty', log)
    waiter(stage, notFull, 'full', log)
    yield* turns(3)
    const guard = yield* wait(notEmpty.acquire())
    expect([lock.locked(), notFull.locked()]).toEqual([true, true])
    notFull.notify()
    guard.release()
    yield* turns(4)
    expect(log).toEqual(['full'])
    yield* notify(stage, notEmpty)
    yield* turns(4)
    expect(log).toEqual(['full', 'empty'])
  })

  both('works on a semaphore of one', function* (stage) {
    const { turns } = stage
    const semaphore = new Semaphore(1)
    const condition = new Condition(semaphore)
    const log: string[] = []
    waiter(stage, condition, 'a', log)
    yield* turns(2)
    expect(semaphore.locked()).toBe(false)
    yield* notify(stage, condition)
    yield* turns(3)
    expect(log).toEqual(['a'])
    expect(semaphore.statistics()).toEqual({ value: 1, waiting: 0 })
  })

  both('cannot wait or notify without the lock', function* ({ wait }) {
    const condition = new Condition()
    const error = yield* failureOf(wait, condition.wait())
    expect(error).toBeInstanceOf(RuntimeError)
    expect(error.message).toContain('cannot wait on un-acquired lock')
    const inPredicate = yield* failureOf(
      wait,
      condition.waitFor(() => false),
    )
    expect(inPredicate).toBeInstanceOf(RuntimeError)
    expect(() => condition.notify()).toThrow(
      'cannot notify on un-acquired lock: call it inside with(), or after acquire().',
    )
    expect(() => condition.notifyAll()).toThrow(RuntimeError)
    expect(() => condition.release()).toThrow(RuntimeError)
  })

  both('leaves the lock held when the predicate throws', function* ({ wait }) {
    const condition = new Condition()
    yield* wait(condition.acquire())
    const error = yield* failureOf(
      wait,
      condition.waitFor(() => {
        throw new Error('broken')
      }),
    )
    expect(error.message).toBe('broken')
    expect(condition.locked()).toBe(true)
    condition.release()
  })

  it.each([
    ['a number of waiters that is no number', () => new Condition().notify('x' as never), TypeError],
    ['NaN', () => new Condition().notify(NaN), ValueError],
    ['a part of a waiter', () => new Condition().notify(1.5), ValueError],
    ['a lock that is none', () => new Condition({} as never), TypeError],
    ['null in place of a lock', () => new Condition(null as never), TypeError],
    ['a predicate that is no function', () => new Condition().waitFor(true as never), TypeError],
    ['a body that is no function', () => new Condition().with(sleep(0) as never), TypeError],
  ])('refuses %s', (_what, act, type) => {
    expect(act).toThrow(type)
  })

  both('appears as in CPython', function* (stage) {
    const condition = new Condition()
    expect(String(condition)).toBe('<Condition [unlocked]>')
    waiter(stage, condition, 'a', [])
    yield* stage.turns(2)
    const guard = yield* stage.wait(condition.acquire())
    expect(String(condition)).toBe('<Condition [locked, waiters:1]>')
    condition.notifyAll()
    guard.release()
    yield* stage.turns(3)
  })
})
