import { afterEach, describe, expect, it, vi } from 'vitest'
import { Future, getEventLoop, getRunningLoop, NotImplementedError, setEventLoop, Task } from '@asyncio-ts/core'
import { newEventLoop } from '../src/index.ts'
import type { EventLoop } from '../src/index.ts'

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
    ['a coroutine', function* () {
      yield
      return 1
    }],
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

  it.each(['createConnection', 'createServer', 'subprocessExec', 'runInExecutor', 'addReader', 'sockRecv'] as const)(
    'says why there is no %s',
    (name) => {
      expect(() => make()[name]()).toThrow(NotImplementedError)
      expect(() => make()[name]()).toThrow(new RegExp(`loop\\.${name}\\(\\) is not available\\. \\S+`))
    },
  )

  it('describes itself', () => {
    expect(String(make())).toBe('<EventLoop running=false closed=false debug=false>')
  })
})
