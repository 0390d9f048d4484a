import { afterEach, describe, expect, it, vi } from 'vitest'
import { coroutine, Future, getRunningLoop, RuntimeError, ValueError } from '@asyncio-ts/core'
import { provideDefaultExecutor } from '@asyncio-ts/core/primitives'
import type { Executor, FutureLike, Suspension } from '@asyncio-ts/core'
import { ManualClock, settle } from '../../../../test-support/manual-loop.ts'
import { newEventLoop, run, Runner } from '../../src/index.ts'
import type { EventLoop } from '../../src/index.ts'

type Fn = (...args: unknown[]) => unknown

/** Runs its calls when it is told to, on this thread. */
class ManualExecutor implements Executor {
  readonly shutdowns: ({ wait?: boolean } | undefined)[] = []
  readonly waiting: (() => void)[] = []
  readonly ended = new Future<void>()
  endsAtOnce = true

  submit<A extends unknown[], R>(fn: (...args: A) => R | PromiseLike<R>, ...args: A): FutureLike<R> {
    const future = new Future<R>({ loop: getRunningLoop() })
    this.waiting.push(() => {
      if (!future.done()) future.setResult((fn as Fn)(...args) as R)
    })
    return future
  }

  shutdown(options?: { wait?: boolean }): PromiseLike<void> {
    this.shutdowns.push(options)
    return this.endsAtOnce ? Promise.resolve() : this.ended
  }

  runAll(): void {
    for (const call of this.waiting.splice(0)) call()
  }
}

const made: ManualExecutor[] = []

function provide(): void {
  provideDefaultExecutor(() => {
    const executor = new ManualExecutor()
    made.push(executor)
    return executor
  })
}

afterEach(() => {
  made.length = 0
  vi.restoreAllMocks()
})

const add = (a: number, b: number): number => a + b

describe('runInExecutor', () => {
  it('says what is missing where no package brings executors', () => {
    provideDefaultExecutor(null as unknown as () => Executor)
    const loop = newEventLoop()
    expect(() => loop.runInExecutor(null, add, 1, 2)).toThrow(RuntimeError)
    expect(() => loop.runInExecutor(null, add, 1, 2)).toThrow(/import '@asyncio-ts\/executors'/)
    loop.close()
  })

  it('makes the default executor when it is first needed, and keeps it', async () => {
    provide()
    await run(async () => {
      const loop = getRunningLoop() as unknown as EventLoop
      expect(made).toHaveLength(0)
      const calls = [loop.runInExecutor(null, add, 1, 2), loop.runInExecutor(undefined, add, 3, 4)]
      expect(made).toHaveLength(1)
      made[0]!.runAll()
      expect([await calls[0], await calls[1]]).toEqual([3, 7])
    })
    expect(made[0]!.shutdowns).toContainEqual({ wait: true })
  })

  it('uses the executor it is given', async () => {
    provide()
    const executor = new ManualExecutor()
    await run(async () => {
      const call = (getRunningLoop() as unknown as EventLoop).runInExecutor(executor, add, 1, 2)
      executor.runAll()
      expect(await call).toBe(3)
    })
    expect([made, executor.shutdowns]).toEqual([[], []])
  })

  it('cancels the call with the task that waits for it', async () => {
    const executor = new ManualExecutor()
    const work = vi.fn(() => 1)
    await run(
      coroutine(function* (): Generator<Suspension, void, unknown> {
        const loop = getRunningLoop() as unknown as EventLoop
        const task = loop.createTask(function* () {
          return yield* loop.runInExecutor(executor, work) as Iterable<never, number>
        })
        yield
        task.cancel()
        yield
        yield
        executor.runAll()
        expect(task.cancelled()).toBe(true)
      })(),
    )
    expect(work).not.toHaveBeenCalled()
  })

  it.each(['result', 'error', 'cancel'])('gives a loop that is not running a future of its own (%s)', async (how) => {
    const loop = newEventLoop()
    const source = new Future<number>()
    const executor = { submit: () => source, shutdown: () => Promise.resolve() } as unknown as Executor
    const future = loop.runInExecutor(executor, add, 1, 2)
    expect(future.getLoop()).toBe(loop)
    if (how === 'result') source.setResult(3)
    else if (how === 'error') source.setException(new RangeError('no'))
    else source.cancel()
    const outcome = await loop.runUntilComplete(future).then(String, (error: Error) => error.name)
    expect(outcome).toBe({ result: '3', error: 'RangeError', cancel: 'CancelledError' }[how])
    loop.close()
  })

  it('passes a cancel on to the call of another loop', async () => {
    const loop = newEventLoop()
    const source = new Future<number>()
    const executor = { submit: () => source, shutdown: () => Promise.resolve() } as unknown as Executor
    loop.runInExecutor(executor, add, 1, 2).cancel()
    loop.turn()
    expect(source.cancelled()).toBe(true)
    loop.close()
  })

  it('is refused by a loop that is closed', () => {
    const loop = newEventLoop()
    loop.close()
    expect(() => loop.runInExecutor(new ManualExecutor(), add, 1, 2)).toThrow(RuntimeError)
  })
})

describe('setDefaultExecutor', () => {
  it.each([null, undefined, {}, { submit: () => 1 }, 'threads'])('refuses %o', (value) => {
    const loop = newEventLoop()
    expect(() => loop.setDefaultExecutor(value as unknown as Executor)).toThrow(TypeError)
    loop.close()
  })

  it('replaces the one before without shutting it down', () => {
    const loop = newEventLoop()
    const [one, two] = [new ManualExecutor(), new ManualExecutor()]
    loop.setDefaultExecutor(one)
    loop.setDefaultExecutor(two)
    loop.runInExecutor(null, add, 1, 2)
    expect([one.waiting.length, two.waiting.length, one.shutdowns]).toEqual([0, 1, []])
    loop.close()
    expect([one.shutdowns, two.shutdowns]).toEqual([[], [{ wait: false }]])
  })
})

describe('shutdownDefaultExecutor', () => {
  it('refuses the default executor from then on, and no other', async () => {
    provide()
    await run(async () => {
      const loop = getRunningLoop() as unknown as EventLoop
      await loop.shutdownDefaultExecutor()
      expect(made).toHaveLength(0)
      expect(() => loop.runInExecutor(null, add, 1, 2)).toThrow(/has been shut down/)
      const executor = new ManualExecutor()
      const call = loop.runInExecutor(executor, add, 1, 2)
      executor.runAll()
      expect(await call).toBe(3)
    })
  })

  it('waits, and warns when the time is up', async () => {
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined)
    const clock = new ManualClock()
    const loop = newEventLoop({ clock })
    const executor = new ManualExecutor()
    executor.endsAtOnce = false
    loop.setDefaultExecutor(executor)
    const task = loop.createTask(loop.shutdownDefaultExecutor(300))
    loop.turn()
    expect(executor.shutdowns).toEqual([{ wait: true }])
    expect(loop.nextTimeout()).toBe(300)
    clock.time = 300
    for (let turns = 0; turns < 5; turns++) loop.turn()
    expect(task.done()).toBe(true)
    expect(warn).toHaveBeenCalledWith(expect.stringMatching(/within 300 seconds/), 'RuntimeWarning')
    executor.ended.setResult()
    loop.close()
  })

  it('is done when the executor is, and leaves no timer', async () => {
    const loop = newEventLoop({ clock: new ManualClock() })
    loop.setDefaultExecutor(new ManualExecutor())
    const task = loop.createTask(loop.shutdownDefaultExecutor(300))
    loop.turn()
    await settle()
    for (let turns = 0; turns < 5; turns++) loop.turn()
    expect([task.done(), loop.nextTimeout()]).toEqual([true, null])
    loop.close()
  })

  it('goes on by itself when the wait for it is cancelled', async () => {
    const loop = newEventLoop({ clock: new ManualClock() })
    const executor = new ManualExecutor()
    executor.endsAtOnce = false
    loop.setDefaultExecutor(executor)
    const task = loop.createTask(loop.shutdownDefaultExecutor(300))
    loop.turn()
    task.cancel()
    for (let turns = 0; turns < 5; turns++) loop.turn()
    expect([task.cancelled(), loop.nextTimeout(), executor.shutdowns]).toEqual([true, null, [{ wait: true }]])
    executor.ended.setResult()
    await settle()
    loop.close()
  })

  it('fails as the executor does', async () => {
    const loop = newEventLoop()
    const shutdown = (): PromiseLike<void> => Promise.reject(new RangeError('stuck'))
    loop.setDefaultExecutor({ submit: () => new Future(), shutdown } as unknown as Executor)
    await expect(loop.runUntilComplete(loop.shutdownDefaultExecutor())).rejects.toThrow('stuck')
    loop.setDefaultExecutor(new ManualExecutor())
    loop.close()
  })

  it('refuses a timeout that is none', () => {
    const loop = newEventLoop()
    expect(() => loop.shutdownDefaultExecutor(-1)).toThrow(ValueError)
    expect(() => loop.shutdownDefaultExecutor(NaN)).toThrow(ValueError)
    loop.close()
  })

  it('is what a runner does when it is closed, for 300 seconds at most', async () => {
    const runner = new Runner()
    const shutdown = vi.spyOn(runner.getLoop(), 'shutdownDefaultExecutor')
    await runner.close()
    expect(shutdown).toHaveBeenCalledWith(300)
  })
})
