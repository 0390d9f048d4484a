import { describe, expect, it, vi } from 'vitest'
import { Future, getRunningLoop } from '@asyncio-ts/core'
import { asyncgen, newEventLoop, run } from '../../src/index.ts'
import { runProgram } from '../program.ts'

const log: string[] = []
const numbers = asyncgen(async function* numbers(name: string) {
  try {
    yield 1
    yield 2
  } finally {
    log.push(`${name} closed`)
  }
})

describe('asyncgen', () => {
  it('closes at shutdown what was begun and not finished', async () => {
    log.length = 0
    await run(async () => {
      await numbers('begun').next()
      for await (const _ of numbers('finished'));
      for await (const _ of numbers('left')) break
      numbers('never begun')
      log.push('main ends')
    })
    expect(log).toEqual(['finished closed', 'left closed', 'main ends', 'begun closed'])
  })

  it('lets finally blocks wait', async () => {
    const steps: string[] = []
    const slow = asyncgen(async function* () {
      try {
        yield 1
      } finally {
        const future = new Future<void>()
        getRunningLoop().callSoon(() => future.setResult())
        await future
        steps.push('waited')
      }
    })
    await run(async () => void (await slow().next()))
    expect(steps).toEqual(['waited'])
  })

  it('hands through what is sent, thrown and returned', async () => {
    const echo = asyncgen(async function* () {
      let got: unknown = 'begun'
      for (;;) {
        try {
          got = yield got
        } catch (error) {
          got = (error as Error).message
        }
      }
    })
    const generator = echo()
    expect(await generator.next()).toEqual({ done: false, value: 'begun' })
    expect(await generator.next('sent')).toEqual({ done: false, value: 'sent' })
    expect(await generator.throw(new Error('thrown'))).toEqual({ done: false, value: 'thrown' })
    expect(generator[Symbol.asyncIterator]()).toBe(generator)
    expect(await generator.return(undefined as never)).toEqual({ done: true, value: undefined })
    expect(Object.prototype.toString.call(generator)).toBe('[object AsyncGenerator]')
  })

  it('closes at the end of an await using block', async () => {
    log.length = 0
    await run(async () => {
      {
        await using generator = numbers('used')
        await generator.next()
      }
      log.push('after the block')
    })
    expect(log).toEqual(['used closed', 'after the block'])
  })

  it('reports what fails when it is closed', async () => {
    const handler = vi.fn()
    const failure = new Error('while closing')
    const bad = asyncgen(async function* bad() {
      try {
        yield 1
      } finally {
        throw failure
      }
    })
    await run(async () => {
      getRunningLoop().setExceptionHandler(handler)
      await bad().next()
      await numbers('good').next()
    })
    expect(handler).toHaveBeenCalledOnce()
    expect(handler.mock.calls[0]![1]).toMatchObject({
      message: 'an error occurred during closing of asynchronous generator bad',
      exception: failure,
    })
    expect(log.at(-1)).toBe('good closed')
  })

  it('reports one that is running at shutdown, and does not wait for it', async () => {
    const handler = vi.fn()
    const stuck = asyncgen(async function* stuck() {
      yield await new Promise(() => undefined)
    })
    await run(async () => {
      getRunningLoop().setExceptionHandler(handler)
      await Promise.race([stuck().next(), Promise.resolve()])
    })
    expect(handler.mock.calls[0]![1]).toMatchObject({
      exception: { name: 'RuntimeError', message: expect.stringContaining('already running') as string },
    })
  })

  it('forgets one that failed', async () => {
    const handler = vi.fn()
    const failing = asyncgen(async function* (): AsyncGenerator<number> {
      throw new Error('at once')
    })
    await run(async () => {
      getRunningLoop().setExceptionHandler(handler)
      await expect(failing().next()).rejects.toThrow('at once')
    })
    expect(handler).not.toHaveBeenCalled()
  })

  it('warns of one that begins after shutdown', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    const loop = newEventLoop()
    try {
      await loop.runUntilComplete(loop.shutdownAsyncgens())
      await loop.runUntilComplete(async () => void (await numbers('late').next()))
      expect(warn.mock.calls).toEqual([
        ['asynchronous generator numbers was scheduled after loop.shutdownAsyncgens() call'],
      ])
    } finally {
      warn.mockRestore()
      loop.close()
    }
  })

  it('closes one that the program has let go of', async () => {
    const { stdout } = await runProgram(
      `import { asyncgen, run } from '@asyncio-ts/loop'
      let closed = false
      const abandoned = asyncgen(async function* () {
        try {
          yield 1
        } finally {
          closed = true
        }
      })
      await run(async () => {
        await (async () => void (await abandoned().next()))()
        while (!closed) {
          globalThis.gc()
          await new Promise((resolve) => setTimeout(resolve, 1))
        }
        console.log('closed before main ends')
      })`,
      undefined,
      { flags: ['--expose-gc'] },
    )
    expect(stdout).toBe('closed before main ends\n')
  })

  it('needs no run', async () => {
    const seen: number[] = []
    for await (const n of numbers('ambient')) seen.push(n)
    expect(seen).toEqual([1, 2])
  })

  it('refuses what is no async generator function', () => {
    expect(() => asyncgen(1 as never)).toThrow(/asyncgen\(\) takes an async function\*, got 1/)
    expect(() => asyncgen((async () => 1) as never)()).toThrow(/takes an async function\*/)
    expect(() => asyncgen(function* sync() {} as never)()).toThrow(/and sync is not one/)
  })
})
