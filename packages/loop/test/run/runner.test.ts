import { describe, expect, it, vi } from 'vitest'
import {
  allTasks,
  ContextVar,
  copyContext,
  currentTask,
  Future,
  getEventLoop,
  getRunningLoop,
  isCancelled,
} from '@asyncio-ts/core'
import type { CoroutineObject } from '@asyncio-ts/core'
import { EventLoop, run, Runner } from '../../src/index.ts'

describe('run', () => {
  it('cancels what is left when main ends, and waits for it', async () => {
    const log: string[] = []
    let loop!: EventLoop
    await run(async () => {
      loop = getRunningLoop() as unknown as EventLoop
      loop.createTask(async () => {
        try {
          await new Future()
        } finally {
          await Promise.resolve()
          log.push('cleaned up')
        }
      })
      await new Promise((resolve) => setImmediate(resolve))
    })
    expect(log).toEqual(['cleaned up'])
    expect(loop.isClosed()).toBe(true)
    expect(allTasks(loop).size).toBe(0)
  })

  it('reports errors that are raised while the rest is cancelled', async () => {
    const handler = vi.fn()
    const failure = new Error('in clean-up')
    await run(function* () {
      getRunningLoop().setExceptionHandler(handler)
      getRunningLoop().createTask(function* () {
        try {
          yield* new Future()
        } finally {
          throw failure
        }
      })
      yield
      yield
    })
    expect(handler).toHaveBeenCalledOnce()
    expect(handler.mock.calls[0]![1]).toMatchObject({
      message: 'unhandled exception during asyncio.run() shutdown',
      exception: failure,
    })
  })

  it('takes coroutines, functions, futures and promises', async () => {
    expect(
      await run(function* () {
        return 1
      }),
    ).toBe(1)
    expect(await run(async () => 2)).toBe(2)
    expect(await run(Promise.resolve(3))).toBe(3)
    await expect(run(4 as never)).rejects.toMatchObject({ name: 'TypeError' })
  })

  it('cannot run beside another run, which it leaves alone', async () => {
    const first = run(async () => {
      await new Promise((resolve) => setImmediate(resolve))
      return 'first'
    })
    await expect(run(async () => 'second')).rejects.toMatchObject({
      name: 'RuntimeError',
      message: /other run has ended/,
    })
    expect(await first).toBe('first')
  })

  it('refuses a future of another loop', async () => {
    await expect(run(new Future())).rejects.toMatchObject({ name: 'RuntimeError', message: /different loop/ })
  })

  it('cancels main before its first step when the signal has aborted already', async () => {
    let begun = false
    const main = async (): Promise<void> => {
      begun = true
      await new Future()
    }
    await expect(run(main, { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'CancelledError' })
    expect(begun).toBe(false)
  })

  it('cannot be nested', async () => {
    await run(async () => {
      await expect(run(async () => 1)).rejects.toMatchObject({ name: 'RuntimeError', message: /running event loop/ })
    })
  })

  it('cancels main when its signal aborts, with the reason as the cause', async () => {
    const controller = new AbortController()
    const reason = new Error('enough')
    const running = run(
      async () => {
        getRunningLoop().callSoon(() => controller.abort(reason))
        await new Future()
      },
      { signal: controller.signal },
    )
    const error: unknown = await running.catch((caught: unknown) => caught)
    expect(isCancelled(error)).toBe(true)
    expect((error as Error).cause).toBe(reason)
  })

  it('leaves no listener behind', async () => {
    const before = process.eventNames().map((name) => [name, process.listenerCount(name)])
    await run(async () => undefined)
    expect(process.eventNames().map((name) => [name, process.listenerCount(name)])).toEqual(before)
  })

  it('passes debug on to the loop', async () => {
    expect(await run(async () => getRunningLoop().getDebug(), { debug: true })).toBe(true)
    expect(await run(async () => getRunningLoop().getDebug(), { debug: false })).toBe(false)
  })
})

describe('Runner', () => {
  it('runs several mains on one loop and in one context', async () => {
    const variable = new ContextVar('variable', { default: 0 })
    const runner = new Runner()
    const increment = async (): Promise<number> => {
      variable.set(variable.get() + 1)
      return variable.get()
    }
    const loop = runner.getLoop()
    expect([await runner.run(increment), await runner.run(increment)]).toEqual([1, 2])
    expect(variable.get()).toBe(0)
    expect(runner.getLoop()).toBe(loop)
    await runner.close()
    await runner.close()
    expect(loop.isClosed()).toBe(true)
    await expect(runner.run(increment)).rejects.toMatchObject({ name: 'RuntimeError', message: /Runner is closed/ })
  })

  it('closes at the end of its block', async () => {
    let loop!: EventLoop
    {
      await using runner = new Runner()
      loop = runner.getLoop()
      await runner.run(async () => currentTask()!.getName())
    }
    expect(loop.isClosed()).toBe(true)
  })

  it('uses the loop it is given', async () => {
    class Own extends EventLoop {}
    await using runner = new Runner({ loopFactory: () => new Own() })
    expect(await runner.run(async () => getRunningLoop())).toBeInstanceOf(Own)
  })

  it('is closed once, however often that is asked for', async () => {
    const runner = new Runner()
    let cleanups = 0
    await runner.run(async () => {
      getRunningLoop().createTask(async () => {
        try {
          await new Future()
        } finally {
          cleanups++
          await Promise.resolve()
        }
      })
      await new Promise((resolve) => setImmediate(resolve))
    })
    await Promise.all([runner.close(), runner.close(), runner[Symbol.asyncDispose]()])
    expect(cleanups).toBe(1)
    expect(() => runner.getLoop()).toThrow(/Runner is closed/)
  })

  it('does nothing when it is closed unused, and can be used then', async () => {
    const runner = new Runner()
    await runner.close()
    expect(await runner.run(async () => 1)).toBe(1)
    await runner.close()
  })

  it('cannot be closed while a loop is running, nor run inside of one', async () => {
    const runner = new Runner()
    const other = new Runner()
    other.getLoop()
    await runner.run(async () => {
      for (const each of [runner, other]) {
        await expect(each.close()).rejects.toMatchObject({ name: 'RuntimeError', message: /cannot be closed while/ })
        await expect(each.run(async () => 1)).rejects.toMatchObject({
          name: 'RuntimeError',
          message: /running event loop/,
        })
      }
    })
    expect(await other.run(async () => 'usable')).toBe('usable')
    await runner.close()
    await other.close()
  })

  it('runs in the context that it is given', async () => {
    const variable = new ContextVar('variable', { default: 'none' })
    const context = copyContext()
    await using runner = new Runner()
    await runner.run(async () => void variable.set('set'), { context })
    expect(context.get(variable)).toBe('set')
    expect(await runner.run(async () => variable.get())).toBe('none')
    expect(await runner.run(async () => variable.get(), { context })).toBe('set')
  })

  it('copies the context in which it is first used', async () => {
    const variable = new ContextVar('variable', { default: 'none' })
    const runner = new Runner()
    await copyContext().run(() => {
      variable.set('of the caller')
      return runner.run(async () => variable.get())
    })
    expect(
      await runner.run(function* () {
        yield
        return variable.get()
      }),
    ).toBe('of the caller')
    await runner.close()
  })

  it('sets the event loop only when it made it', async () => {
    const loops: unknown[] = []
    for (const options of [{}, { loopFactory: () => new EventLoop() }]) {
      const runner = new Runner(options)
      const loop = runner.getLoop()
      loops.push(getEventLoop() === loop)
      await runner.close()
      loops.push(getEventLoop() === loop)
    }
    expect(loops).toEqual([true, false, false, false])
  })

  it('refuses a factory that makes no loop', () => {
    const runner = new Runner({ loopFactory: (() => ({})) as never })
    expect(() => runner.getLoop()).toThrow(/loopFactory returned .*: return an EventLoop/)
  })

  it('goes on after a main that failed', async () => {
    const failure = new Error('of main')
    await using runner = new Runner()
    await expect(
      runner.run(async () => {
        throw failure
      }),
    ).rejects.toBe(failure)
    await expect(runner.run(1 as never)).rejects.toMatchObject({ name: 'TypeError', message: /is required, got 1/ })
    expect(await runner.run(async () => 'works')).toBe('works')
  })

  it('cleans up in the order of CPython', async () => {
    const log: string[] = []
    class Watched extends EventLoop {
      override shutdownAsyncgens(): CoroutineObject<void> {
        log.push(`asyncgens, ${allTasks(this).size} tasks left`)
        return super.shutdownAsyncgens()
      }
      override shutdownDefaultExecutor(): CoroutineObject<void> {
        log.push('executor')
        return super.shutdownDefaultExecutor()
      }
      override close(): void {
        log.push('close')
        super.close()
      }
    }
    await run(
      async () => {
        const loop = getRunningLoop()
        loop.setExceptionHandler((_loop, { message }) => void log.push(message))
        for (const name of ['a', 'b']) {
          loop.createTask(function* () {
            try {
              yield* new Future()
            } catch (error) {
              log.push(`${name} is cancelled`)
              yield
              log.push(`${name} ends`)
              throw name === 'a' ? error : new Error('in clean-up')
            }
          })
        }
        await new Promise((resolve) => setImmediate(resolve))
      },
      { loopFactory: () => new Watched() },
    )
    expect(log).toEqual([
      'a is cancelled',
      'b is cancelled',
      'a ends',
      'b ends',
      'unhandled exception during asyncio.run() shutdown',
      'asyncgens, 0 tasks left',
      'executor',
      'close',
    ])
  })
})
