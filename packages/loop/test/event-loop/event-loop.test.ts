import { afterEach, describe, expect, it, vi } from 'vitest'
import { Future, getEventLoop, getRunningLoop, setEventLoop, Task } from '@asyncio-ts/core'
import type { Clock, Host } from '@asyncio-ts/core'
import { settle } from '../../../../test-support/manual-loop.ts'
import { newEventLoop } from '../../src/index.ts'
import type { EventLoop } from '../../src/index.ts'

const loops: EventLoop[] = []
const make = (): EventLoop => {
  const loop = newEventLoop()
  loops.push(loop)
  return loop
}

afterEach(() => {
  for (const loop of loops.splice(0)) loop.close()
})

describe('EventLoop', () => {
  it('runs until it is stopped, and again', async () => {
    const loop = make()
    const log: unknown[] = []
    for (let round = 0; round < 2; round++) {
      loop.callSoon(() => {
        log.push(loop.isRunning())
        loop.stop()
        loop.callSoon(() => log.push('next turn'))
      })
      await loop.runForever()
      log.push(loop.isRunning())
    }
    expect(log).toEqual([true, false, 'next turn', true, false])
  })

  it('runs exactly one turn when it was stopped before', async () => {
    const loop = make()
    const log: string[] = []
    loop.callSoon(() => {
      log.push('first')
      loop.callSoon(() => log.push('second'))
    })
    loop.stop()
    await loop.runForever()
    expect(log).toEqual(['first'])
  })

  it.each([
    [
      'a coroutine',
      function* () {
        yield
        return 1
      },
    ],
    ['an async function', async () => 1],
    ['a promise', Promise.resolve(1)],
  ])('runs %s until it is complete', async (_what, main) => {
    expect(await make().runUntilComplete(main)).toBe(1)
  })

  it('passes the error of what it runs on', async () => {
    const failure = new Error('of main')
    await expect(
      make().runUntilComplete(async () => {
        throw failure
      }),
    ).rejects.toBe(failure)
  })

  it('says when it was stopped too early', async () => {
    const loop = make()
    const future = loop.createFuture()
    loop.callSoon(() => loop.stop())
    await expect(loop.runUntilComplete(future)).rejects.toMatchObject({
      name: 'RuntimeError',
      message: 'Event loop stopped before Future completed.',
    })
  })

  it('is the running loop for what it runs', async () => {
    const loop = make()
    expect(
      await loop.runUntilComplete(async () => {
        await Promise.resolve()
        return getRunningLoop() === loop
      }),
    ).toBe(true)
    expect(getRunningLoop()).not.toBe(loop)
  })

  it('refuses to run twice at a time, beside another, or closed', async () => {
    const loop = make()
    const other = make()
    await loop.runUntilComplete(async () => {
      await expect(loop.runForever()).rejects.toMatchObject({ message: /already running/ })
      await expect(other.runForever()).rejects.toMatchObject({ message: /another loop is running/ })
      expect(() => loop.close()).toThrow(/Cannot close a running event loop/)
    })
    loop.close()
    loop.close()
    expect(loop.isClosed()).toBe(true)
    await expect(loop.runForever()).rejects.toMatchObject({ name: 'RuntimeError', message: /Event loop is closed/ })
    expect(() => loop.callSoon(() => undefined)).toThrow(/Event loop is closed/)
    expect(() => loop.createTask(async () => 1)).toThrow(/Event loop is closed/)
  })

  it('reports the tasks that are pending when it is closed', async () => {
    const loop = make()
    const handler = vi.fn()
    loop.setExceptionHandler(handler)
    const task = loop.createTask(async () => new Future())
    await loop.runUntilComplete(async () => undefined)
    loop.close()
    expect(handler).toHaveBeenCalledOnce()
    const [, context] = handler.mock.calls[0]!
    expect(context.message).toBe('Task was destroyed but it is pending!')
    expect(context.task === task).toBe(true)
  })

  it('can be set, and is then what a future belongs to by default', () => {
    const loop = make()
    setEventLoop(loop)
    expect(getEventLoop()).toBe(loop)
    expect(new Future().getLoop()).toBe(loop)
    setEventLoop(null)
    expect(getEventLoop()).not.toBe(loop)
    expect(() => setEventLoop({} as never)).toThrow(TypeError)
  })

  it('makes tasks with a factory', () => {
    const loop = make()
    class Named extends Task {}
    loop.setTaskFactory((owner, coroutine) => new Named(coroutine, { loop: owner, name: 'made' }))
    const task = loop.createTask(function* () {
      yield
    })
    expect(task).toBeInstanceOf(Named)
    expect(task.getName()).toBe('made')
    loop.setTaskFactory(null)
    expect(loop.getTaskFactory()).toBe(null)
    expect(() => loop.setTaskFactory(1 as never)).toThrow(/function or null/)
    loop.setExceptionHandler(() => undefined)
  })

  it('describes itself', () => {
    expect(String(make())).toBe('<EventLoop running=false closed=false debug=false>')
  })

  it('refuses what nobody can await, and the future of another loop', async () => {
    const loop = make()
    for (const value of [1, null, undefined, 'text', {}, []]) {
      await expect(loop.runUntilComplete(value as never)).rejects.toMatchObject({ name: 'TypeError' })
    }
    const foreign = make().createFuture()
    await expect(loop.runUntilComplete(foreign)).rejects.toMatchObject({
      name: 'ValueError',
      message: expect.stringContaining('belongs to a different loop') as string,
    })
    expect(loop.isRunning()).toBe(false)
    expect(await loop.runUntilComplete(async () => 'works still')).toBe('works still')
  })

  it('follows a promise that fails, and reports nothing besides', async () => {
    const failure = new Error('of the promise')
    const loop = make()
    loop.setExceptionHandler(() => expect.unreachable())
    await expect(loop.runUntilComplete(Promise.reject(failure))).rejects.toBe(failure)
  })

  it('leaves a future it waited for as it found it', async () => {
    const loop = make()
    const future = loop.createFuture<number>()
    loop.callSoon(() => loop.stop())
    await expect(loop.runUntilComplete(future)).rejects.toThrow('Event loop stopped')
    expect(String(future)).toBe('<Future pending>')
    loop.callSoon(() => future.setResult(1))
    expect(await loop.runUntilComplete(future)).toBe(1)
    expect(await loop.runUntilComplete(future)).toBe(1)
  })

  it('runs callbacks that were scheduled before and between runs, in their order', async () => {
    const loop = make()
    const order: number[] = []
    loop.callSoon(() => order.push(1))
    loop.callSoonThreadsafe((n: number) => order.push(n), 2)
    await loop.runUntilComplete(async () => order.push(3))
    loop.callSoon(() => order.push(4))
    await loop.runUntilComplete(async () => order.push(5))
    expect(order).toEqual([1, 2, 3, 4, 5])
  })

  it('drops what is queued when it is closed', async () => {
    const loop = make()
    loop.callSoon(() => expect.unreachable())
    loop.callLater(0, () => expect.unreachable())
    loop.close()
    expect(loop.nextTimeout()).toBe(null)
    expect(() => loop.callSoonThreadsafe(() => undefined)).toThrow(/Event loop is closed/)
  })
})

/** A host that calls back when the test says so, on a clock that the test moves. */
class ManualHost implements Host, Clock {
  readonly maxTimerMs = 2 ** 31 - 1
  readonly deferred: (() => void)[] = []
  timer: { callback: () => void; delayMs: number } | null = null
  alive = 0
  time = 0

  defer(callback: () => void): void {
    this.deferred.push(callback)
  }

  setTimer(callback: () => void, delayMs: number): unknown {
    return (this.timer = { callback, delayMs })
  }

  clearTimer(): void {
    this.timer = null
  }

  keepAlive(): () => void {
    this.alive++
    return () => void this.alive--
  }

  now(): number {
    return this.time
  }

  /** Calls back what was deferred until then, and lets microtasks run. */
  async tick(): Promise<void> {
    for (const callback of this.deferred.splice(0)) callback()
    await settle()
  }
}

describe('EventLoop on a host', () => {
  const start = (): { host: ManualHost; loop: EventLoop } => {
    const host = new ManualHost()
    const loop = newEventLoop({ host, clock: host })
    loops.push(loop)
    return { host, loop }
  }

  it('keeps the process alive while it runs, and no longer', async () => {
    const { host, loop } = start()
    expect(host.alive).toBe(0)
    const running = loop.runForever()
    expect(host.alive).toBe(1)
    await host.tick()
    expect([host.alive, host.timer]).toEqual([1, null])
    loop.stop()
    await host.tick()
    await running
    expect(host.alive).toBe(0)
  })

  it('sleeps until the next timer is due', async () => {
    const { host, loop } = start()
    const log: number[] = []
    loop.callLater(5, () => log.push(loop.time()))
    const running = loop.runForever()
    await host.tick()
    expect(host.timer!.delayMs).toBe(5000)
    host.time = 5
    host.timer!.callback()
    expect(log).toEqual([5])
    loop.stop()
    await host.tick()
    await running
  })

  it('lets go of the timer of the host when it stops, and takes it up again', async () => {
    const { host, loop } = start()
    loop.callLater(5, () => loop.stop())
    const first = loop.runForever()
    await host.tick()
    loop.stop()
    await host.tick()
    await first
    expect(host.timer).toBe(null)
    const second = loop.runForever()
    await host.tick()
    expect(host.timer!.delayMs).toBe(5000)
    host.time = 5
    host.timer!.callback()
    await second
    expect(host.alive).toBe(0)
  })

  it('ends the turn in which it is stopped', async () => {
    const { host, loop } = start()
    const log: string[] = []
    loop.callSoon(() => {
      loop.stop()
      log.push('stopped')
      loop.callSoon(() => log.push('next turn'))
    })
    loop.callSoon(() => log.push('same turn'))
    const running = loop.runForever()
    await host.tick()
    await running
    expect(log).toEqual(['stopped', 'same turn'])
  })
})
