import { describe, expect, it } from 'vitest'
import { ValueError } from '@asyncio-ts/core'
import type { Task } from '@asyncio-ts/core'
import { both } from '../../../test-support/both.ts'
import type { Stage } from '../../../test-support/both.ts'
import { sleep } from '../../../test-support/sleep.ts'
import { BoundedSemaphore, Semaphore } from '../src/index.ts'

/** Starts a task that takes a slot, and keeps it. */
function taker({ start }: Stage, semaphore: Semaphore, name: string, log: string[]): Task<void> {
  return start(function* (wait) {
    yield* wait(semaphore.acquire())
    log.push(name)
  })
}

describe('Semaphore', () => {
  both('lets a number of tasks in at a time', function* ({ wait, start }) {
    const semaphore = new Semaphore(2)
    let inside = 0
    let peak = 0
    const tasks = Array.from({ length: 7 }, () =>
      start((wait) =>
        wait(
          semaphore.with(function* () {
            peak = Math.max(peak, ++inside)
            yield* sleep(1)
            inside--
          }),
        ),
      ),
    )
    for (const task of tasks) yield* wait(task)
    expect(peak).toBe(2)
    expect(semaphore.statistics()).toEqual({ value: 2, waiting: 0 })
  })

  both('takes no turn while slots are free', function* ({ wait, loop }) {
    const semaphore = new Semaphore(3)
    let turned = false
    loop.callSoon(() => (turned = true))
    for (let i = 0; i < 3; i++) expect(yield* wait(semaphore.acquire())).toBeTruthy()
    expect(turned).toBe(false)
    expect(semaphore.locked()).toBe(true)
  })

  both('gives a slot to the first waiter at once: nobody can overtake', function* (stage) {
    const { turns } = stage
    const semaphore = new Semaphore(0)
    const log: string[] = []
    taker(stage, semaphore, 'waited', log)
    yield* turns(2)
    semaphore.release()
    expect(semaphore.locked()).toBe(true)
    expect(semaphore.statistics().value).toBe(0)
    const late = taker(stage, semaphore, 'came late', log)
    yield* turns(3)
    expect(log).toEqual(['waited'])
    semaphore.release()
    yield* turns(2)
    expect(late.done()).toBe(true)
  })

  both('is locked as long as somebody waits, also with a free slot', function* (stage) {
    const { turns } = stage
    const semaphore = new Semaphore(0)
    const log: string[] = []
    taker(stage, semaphore, 'a', log)
    yield* turns(2)
    semaphore.release()
    semaphore.release()
    expect(semaphore.statistics().value).toBe(1)
    expect(semaphore.locked()).toBe(true)
    taker(stage, semaphore, 'b', log)
    yield* turns(3)
    expect(log).toEqual(['a', 'b'])
    expect(semaphore.statistics()).toEqual({ value: 0, waiting: 0 })
  })

  both('gives the slot of a waiter that is cancelled after it was woken to the next', function* (stage) {
    const { turns } = stage
    const semaphore = new Semaphore(0)
    const log: string[] = []
    const [a] = ['a', 'b', 'c'].map((name) => taker(stage, semaphore, name, log))
    yield* turns(2)
    semaphore.release()
    a!.cancel()
    a!.cancel()
    yield* turns(4)
    expect(log).toEqual(['b'])
    semaphore.release()
    yield* turns(2)
    expect(log).toEqual(['b', 'c'])
    expect(semaphore.statistics()).toEqual({ value: 0, waiting: 0 })
  })

  both('keeps the slot when everybody who waited was cancelled', function* (stage) {
    const { turns } = stage
    const semaphore = new Semaphore(0)
    const tasks = ['a', 'b'].map((name) => taker(stage, semaphore, name, []))
    yield* turns(2)
    semaphore.release()
    for (const task of tasks) task.cancel()
    yield* turns(3)
    expect(semaphore.statistics()).toEqual({ value: 1, waiting: 0 })
    expect(semaphore.locked()).toBe(false)
  })

  both('passes the slot of a waiter on that was closed after it had been woken', function* (stage) {
    const semaphore = new Semaphore(0)
    const log: string[] = []
    const [closed, asleep] = [semaphore.acquire(), semaphore.acquire()]
    closed.next()
    asleep.next()
    taker(stage, semaphore, 'b', log)
    yield* stage.turns(2)
    asleep.return(undefined as never)
    semaphore.release()
    closed.return(undefined as never)
    yield* stage.turns(2)
    expect(log).toEqual(['b'])
    expect(semaphore.statistics()).toEqual({ value: 0, waiting: 0 })
  })

  it('may be released more often than it was acquired', () => {
    const semaphore = new Semaphore()
    semaphore.release()
    expect(semaphore.statistics().value).toBe(2)
  })

  it.each([-1, NaN, 0.5, Infinity])('refuses %s slots', (value) => {
    expect(() => new Semaphore(value)).toThrow(ValueError)
    expect(() => new BoundedSemaphore(value)).toThrow(/Semaphore initial value must be a whole number >= 0/)
  })

  it.each(['2', null, {}])('refuses %j as a number of slots', (value) => {
    expect(() => new Semaphore(value as never)).toThrow(TypeError)
  })

  it('refuses a body that is no function', () => {
    expect(() => new Semaphore().with(Promise.resolve() as never)).toThrow(TypeError)
  })

  both('appears as in CPython', function* (stage) {
    const semaphore = new Semaphore(1)
    expect(String(semaphore)).toBe('<Semaphore [unlocked, value:1]>')
    yield* stage.wait(semaphore.acquire())
    expect(String(semaphore)).toBe('<Semaphore [locked]>')
    taker(stage, semaphore, 'a', [])
    yield* stage.turns(2)
    expect(String(semaphore)).toBe('<Semaphore [locked, waiters:1]>')
    expect(String(new BoundedSemaphore(3))).toBe('<BoundedSemaphore [unlocked, value:3]>')
    semaphore.release()
    yield* stage.turns(2)
  })
})

describe('BoundedSemaphore', () => {
  both('refuses to be released more often than it was acquired', function* ({ wait }) {
    const semaphore = new BoundedSemaphore(2)
    expect(() => semaphore.release()).toThrow(ValueError)
    yield* wait(semaphore.acquire())
    semaphore.release()
    expect(() => semaphore.release()).toThrow(
      'BoundedSemaphore released too many times. Call release() once for each acquire().',
    )
    expect(semaphore.statistics().value).toBe(2)
  })

  both('is released by its guards', function* ({ wait }) {
    const semaphore = new BoundedSemaphore(1)
    {
      using _ = yield* wait(semaphore.acquire())
    }
    expect(semaphore.statistics().value).toBe(1)
  })
})
