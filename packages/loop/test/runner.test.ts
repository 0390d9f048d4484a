import { describe, expect, it, vi } from 'vitest'
import { allTasks, ContextVar, currentTask, Future, getRunningLoop, isCancelled } from '@asyncio-ts/core'
import { EventLoop, run, Runner } from '../src/index.ts'

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
    expect(await run(function* () {
      return 1
    })).toBe(1)
    expect(await run(async () => 2)).toBe(2)
    expect(await run(Promise.resolve(3))).toBe(3)
    await expect(run(4 as never)).rejects.toMatchObject({ name: 'TypeError' })
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
})
