import { describe, expect, it } from 'vitest'
import { CancelledError, Future, getRunningLoop, Task } from '@asyncio-ts/core'
import type { CoroutineLike } from '@asyncio-ts/core'
import { createTask, ensureFuture, sleep, timeout, Timeout } from '@asyncio-ts/tasks'
import { ManualLoop, runManually } from '../../../test-support/manual-loop.ts'

/** What CPython's own tests of these functions ask for, said anew; packages/conformance/intent names them. */
describe('ensureFuture', () => {
  it('makes a task of a coroutine, on the loop it is given', async () => {
    const loop = new ManualLoop()
    await runManually(function* () {
      const task = ensureFuture(sleep(1, 'slept'), { loop })
      expect(task).toBeInstanceOf(Task)
      expect(task.getLoop()).toBe(loop)
      expect(yield* task).toBe('slept')
    }, loop)
  })

  it('returns futures and tasks as they are, and refuses those of another loop', async () => {
    const other = new ManualLoop()
    await runManually(function* () {
      const future = new Future<number>({ loop: getRunningLoop() })
      expect(ensureFuture(future)).toBe(future)
      const task = createTask(sleep(0, 1))
      expect(ensureFuture(task)).toBe(task)
      expect(() => ensureFuture(future, { loop: other })).toThrow(expect.objectContaining({ name: 'ValueError' }))
      yield* task
    })
    other.close()
  })

  it('wraps whatever else can be awaited', async () => {
    await runManually(function* () {
      expect(yield* ensureFuture(Promise.resolve(1))).toBe(1)
      expect(yield* ensureFuture(async () => 2)).toBe(2)
    })
  })

  it.each([1, null, undefined, 'a', {}])('refuses what cannot be awaited: %s', (value) => {
    expect(() => ensureFuture(value as never)).toThrow(TypeError)
  })
})

describe('sleep', () => {
  it('leaves no timer behind when it is cancelled', async () => {
    const loop = new ManualLoop()
    await runManually(function* () {
      const task = createTask(sleep(100) as CoroutineLike<unknown>)
      yield* sleep(0)
      expect(loop.nextTimeout()).toBe(100)
      task.cancel()
      yield* sleep(0)
      expect(task.cancelled()).toBe(true)
      expect(loop.nextTimeout()).not.toBe(100)
    }, loop)
  })
})

describe('Timeout', () => {
  it('shows its state as CPython does', async () => {
    await runManually(function* () {
      expect(String(new Timeout(null))).toBe('<Timeout [created]>')
      const seen: string[] = []
      const show = (limit: Timeout): void => void seen.push(String(limit))
      yield* timeout(null, function* (limit) {
        show(limit)
      })
      const over = yield* timeout(10, function* (limit) {
        show(limit)
        return limit
      })
      show(over)
      const tooLate = yield* timeout(0, function* (limit) {
        try {
          yield* sleep(1)
        } catch (error) {
          if (!(error instanceof CancelledError)) throw error
          show(limit)
        }
        return limit
      })
      show(tooLate)
      expect(seen).toEqual([
        '<Timeout [active] when=null>',
        '<Timeout [active] when=10>',
        '<Timeout [finished]>',
        '<Timeout [expiring]>',
        '<Timeout [expired]>',
      ])
    })
  })
})
