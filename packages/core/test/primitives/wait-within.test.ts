import { describe, expect, it } from 'vitest'
import { CancelledError, Future, getRunningLoop, TimeoutError, ValueError } from '../../src/index.ts'
import { checkLimits, refuseAborted, waitWithin } from '../../src/primitives.ts'
import type { Coroutine, Task } from '../../src/index.ts'
import type { WaitLimits } from '../../src/primitives.ts'
import { ManualLoop, runManually } from '../../../../test-support/manual-loop.ts'

/** Waits for a future that nobody settles, unless `body` does. */
function wait(limits: WaitLimits | undefined, body?: (future: Future<string>, loop: ManualLoop) => void) {
  const loop = new ManualLoop()
  const result = runManually(function* (): Coroutine<string> {
    const future = new Future<string>()
    body?.(future, loop)
    return yield* waitWithin(future, limits)
  }, loop)
  return result.finally(() => expect(loop.nextTimeout() ?? null, 'a timer was left behind').toBe(null))
}

describe('waitWithin', () => {
  it('hands out the future itself where there are no limits', () =>
    runManually(function* () {
      const future = new Future<string>()
      expect(waitWithin(future, undefined)).toBe(future)
    }))

  it('returns what the future was given in time', async () => {
    const give = (future: Future<string>, loop: ManualLoop): unknown =>
      loop.callLater(1, () => future.setResult('in time'))
    expect(await wait({ timeout: 2, signal: new AbortController().signal }, give)).toBe('in time')
  })

  it('throws the error of the future', async () => {
    const give = (future: Future<string>): void => future.setException(new Error('broken'))
    await expect(wait({ timeout: 2 }, give)).rejects.toThrow('broken')
  })

  it.each([0.5, 0, -3])('throws a TimeoutError after %d seconds', async (timeout) => {
    const loop = new ManualLoop()
    const future = runManually(() => waitWithin(new Future({ loop }), { timeout }) as Coroutine<unknown>, loop)
    const error: unknown = await future.catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(TimeoutError)
    expect(loop.time()).toBe(Math.max(timeout, 0))
  })

  it('makes the error where the wait is', async () => {
    async function theCaller(): Promise<unknown> {
      const loop = new ManualLoop()
      return runManually(function* theWaiter() {
        return yield* waitWithin(new Future({ loop }), { timeout: 1 })
      }, loop).catch((error: unknown) => error)
    }
    expect(((await theCaller()) as Error).stack).toContain('theWaiter')
  })

  it('throws a CancelledError whose cause is the reason of the signal, and cancels nobody', async () => {
    const controller = new AbortController()
    const abort = (_future: unknown, loop: ManualLoop): unknown => loop.callLater(1, () => controller.abort('gone'))
    const error: unknown = await wait({ signal: controller.signal }, abort).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(CancelledError)
    expect((error as Error).cause).toBe('gone')
  })

  it('throws at once when the signal has aborted', async () => {
    await expect(wait({ signal: AbortSignal.abort('late') })).rejects.toMatchObject({ cause: 'late' })
  })

  it.each(['the time is up', 'the signal aborts'])('lets a cancel prevail in the turn in which %s', async (what) => {
    const loop = new ManualLoop()
    await runManually(async () => {
      const controller = new AbortController()
      const limits = what === 'the time is up' ? { timeout: 1 } : { signal: controller.signal }
      const task = getRunningLoop().createTask(function* () {
        yield* waitWithin(new Future(), limits)
      }) as Task<void>
      loop.callLater(1, () => {
        controller.abort()
        task.cancel('by hand')
      })
      const { name, message, cause } = (await task.catch((error: unknown) => error)) as Error
      expect([name, message, cause]).toEqual(['CancelledError', 'by hand', undefined])
    }, loop)
  })

  it('has no limit of infinity', async () => {
    const give = (future: Future<string>, loop: ManualLoop): unknown =>
      loop.callLater(1e6, () => future.setResult('late'))
    expect(await wait({ timeout: Infinity }, give)).toBe('late')
  })
})

describe('checkLimits', () => {
  it('accepts limits, and none', () => {
    const { signal } = new AbortController()
    for (const limits of [undefined, {}, { timeout: 0 }, { timeout: null, signal: null }, { timeout: 1.5, signal }]) {
      expect(() => checkLimits(limits)).not.toThrow()
    }
  })

  it.each([
    [null, TypeError, 'Limits of a wait are { timeout, signal }, got null.'],
    [3, TypeError, 'Limits of a wait are { timeout, signal }, got 3.'],
    [{ timeout: '3' }, TypeError, "timeout is a number of seconds, got '3'."],
    [{ timeout: NaN }, ValueError, 'timeout is NaN: give a number of seconds.'],
    [{ signal: {} }, TypeError, 'signal is an AbortSignal, got <Object>.'],
  ])('refuses %j', (limits, type, message) => {
    expect(() => checkLimits(limits as never)).toThrow(type)
    expect(() => checkLimits(limits as never)).toThrow(message)
  })
})

describe('refuseAborted', () => {
  it('throws only when the signal has aborted', () => {
    expect(() => refuseAborted(undefined)).not.toThrow()
    expect(() => refuseAborted({ signal: new AbortController().signal })).not.toThrow()
    expect(() => refuseAborted({ signal: AbortSignal.abort() })).toThrow(CancelledError)
  })
})
