import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { CancelledError, RuntimeError, ValueError } from '@asyncio-ts/core'
import { BrokenExecutor, BrokenThreadPool, ThreadPoolExecutor, transfer, workerFunction } from '../src/index.ts'
import type { ThreadPoolExecutorOptions } from '../src/index.ts'
import { bundle } from './bundle.ts'
import type * as work from './fixtures/work.ts'
import { enter, Gate, hold } from './gate.ts'

type Work = typeof work

let url: string
let executor: ThreadPoolExecutor
const made: ThreadPoolExecutor[] = []

beforeAll(async () => {
  url = await bundle({ file: 'fixtures/work.ts' })
})

function newExecutor(options: ThreadPoolExecutorOptions = {}): ThreadPoolExecutor {
  executor = new ThreadPoolExecutor({ maxWorkers: 1, threadNamePrefix: 'pool', ...options })
  made.push(executor)
  return executor
}

afterEach(async () => {
  for (const each of made.splice(0)) await each.shutdown({ cancelFutures: true })
})

const failure = async (awaitable: PromiseLike<unknown>): Promise<Error> => {
  try {
    await awaitable
  } catch (error) {
    return error as Error
  }
  throw new Error('It did not fail.')
}

describe('ThreadPoolExecutor', () => {
  it('calls functions, and copies arguments and results', async () => {
    newExecutor()
    const args = { list: [1, 2], map: new Map([['a', 1n]]) }
    const result = await executor.submit((given: unknown) => ({ given, at: new Date(0) }), args)
    expect(result).toEqual({ given: args, at: new Date(0) })
  })

  it('awaits async functions', async () => {
    const later = async (n: number): Promise<number> => {
      await new Promise((resolve) => setImmediate(resolve))
      return n * 2
    }
    expect(await newExecutor().submit(later, 21)).toBe(42)
  })

  it('runs one call at a time in a worker, though it waits', async () => {
    newExecutor()
    const gate = new Gate()
    const twice = async (memory: Int32Array): Promise<number[]> => {
      const before = Atomics.add(memory, 0, 1)
      await new Promise((resolve) => setImmediate(resolve))
      return [before, Atomics.add(memory, 0, 1)]
    }
    const calls = [executor.submit(twice, gate.memory), executor.submit(twice, gate.memory)]
    expect(await Promise.all(calls)).toEqual([
      [0, 1],
      [2, 3],
    ])
  })

  it('starts a worker for each call that waits, up to the maximum', async () => {
    newExecutor({ maxWorkers: 2 })
    const gate = new Gate()
    const calls = ['a', 'b', 'c'].map((name) => executor.submit(hold, gate.memory, name))
    await gate.entered(2)
    expect(gate.entries).toBe(2)
    gate.open()
    expect(await Promise.all(calls)).toEqual(['a', 'b', 'c'])
  })

  it('begins calls in the order in which they were submitted', async () => {
    newExecutor()
    const order = (memory: Int32Array): number => Atomics.add(memory, 0, 1)
    const gate = new Gate()
    const calls = Array.from({ length: 200 }, () => executor.submit(order, gate.memory))
    expect(await Promise.all(calls)).toEqual(calls.map((_, index) => index))
  })

  it('gives what waits behind a long call to a worker that is idle', async () => {
    newExecutor({ maxWorkers: 2 })
    const [long, short] = [new Gate(), new Gate()]
    const first = executor.submit(hold, long.memory, 'long')
    const second = executor.submit(hold, short.memory, 'short')
    await Promise.all([long.entered(), short.entered()])
    // Sent ahead, half of them to the worker with the long call.
    const behind = Array.from({ length: 20 }, (_, index) => executor.submit(enter, short.memory, `${index}`))
    short.open()
    expect(await Promise.all(behind)).toEqual(behind.map((_, index) => `${index}`))
    expect(await second).toBe('short')
    expect(first.done()).toBe(false)
    long.open()
    await first
  })

  it('imports what workerFunction names, once for each worker', async () => {
    newExecutor()
    const count = workerFunction<Work, 'countCalls'>(url, 'countCalls')
    expect([await executor.submit(count), await executor.submit(count)]).toEqual([1, 2])
    expect(await executor.submit(workerFunction<Work, 'fib'>(new URL(url), 'fib'), 15)).toBe(610)
    expect(await executor.submit(workerFunction<Work, 'viaCoroutine'>(url, 'viaCoroutine'), 1)).toBe(2)
  })

  it.each([
    ['named exports', 'export const half = (n: number) => n / 2'],
    ['what Node cannot see before it runs it', "module.exports = Object.fromEntries([['half', (n) => n / 2]])"],
  ])('imports modules of CommonJS with %s', async (_what, text) => {
    newExecutor()
    const half = workerFunction<(n: number) => number>(await bundle({ text }, 'cjs'), 'half')
    expect(await executor.submit(half, 4)).toBe(2)
  })

  it('fails when there is no such module or export', async () => {
    newExecutor()
    const missing = workerFunction<() => void>(url, 'missing')
    expect(await failure(executor.submit(missing))).toMatchObject({
      name: 'TypeError',
      message: expect.stringMatching(/has no function 'missing' among its exports/) as string,
    })
    const nowhere = workerFunction<() => void>(new URL('nowhere.mjs', url), 'missing')
    expect((await failure(executor.submit(nowhere))).message).toMatch(/Cannot find module/)
  })

  it('keeps the class, the fields, the cause and the stack of an error', async () => {
    newExecutor()
    const error = await failure(executor.submit(workerFunction<Work, 'buy'>(url, 'buy'), 'tea'))
    expect(error).toMatchObject({ name: 'ShopError', message: 'no tea left', item: 'tea', prices: [1, 2] })
    expect(error).not.toHaveProperty('check')
    expect(error.stack).toMatch(/no tea left\n +at .*buy/)
    expect(error.cause).toBeInstanceOf(RangeError)
    expect(error.cause).toMatchObject({ message: 'stock is -1', cause: 'a leak' })
    const typeError = await failure(executor.submit((value: null) => (value as unknown as string).length, null))
    expect(typeError).toBeInstanceOf(TypeError)
  })

  it('is cancelled when its function ends with a CancelledError', async () => {
    newExecutor()
    const call = executor.submit(workerFunction<Work, 'giveUp'>(url, 'giveUp'))
    expect(await failure(call)).toMatchObject({ name: 'CancelledError', message: 'enough' })
    expect(call.cancelled()).toBe(true)
  })

  it('makes an error of what is thrown and is none', async () => {
    newExecutor()
    const error = await failure(
      executor.submit(() => {
        throw 'nothing'
      }),
    )
    expect(error).toBeInstanceOf(RuntimeError)
    expect(error).toMatchObject({ message: 'The function threw nothing, which is not an error.', cause: 'nothing' })
  })

  it('says which arguments and results cannot be copied, and goes on', async () => {
    newExecutor()
    const named = function measure(f: unknown): unknown {
      return f
    }
    const [bad, good] = [executor.submit(named, () => 1), executor.submit(named, 1)]
    expect((await failure(bad)).message).toMatch(/^The arguments of 'measure' cannot be copied to a worker: .*clone/)
    expect(await good).toBe(1)
    const result = await failure(executor.submit(() => () => 1))
    expect(result).toBeInstanceOf(TypeError)
    expect(result.message).toMatch(/^What 'a function' returned cannot be copied from its worker: .*clone/)
    expect(await executor.submit(named, 2)).toBe(2)
  })

  it('hands memory over in both directions', async () => {
    newExecutor()
    const bytes = new Uint8Array([1, 2, 3])
    const sum = (given: Uint8Array): number => given.reduce((a, b) => a + b, 0)
    const call = executor.submit(sum, transfer(bytes, [bytes.buffer]))
    expect(await call).toBe(6)
    expect(bytes.byteLength).toBe(0)
    expect(await executor.submit(workerFunction<Work, 'pixels'>(url, 'pixels'), 4)).toEqual(
      new Uint8Array([7, 7, 7, 7]),
    )
  })

  it('does not hand memory over before a worker is free to take it', async () => {
    newExecutor()
    const gate = new Gate()
    const first = executor.submit(hold, gate.memory, 'first')
    const bytes = new Uint8Array([1])
    const second = executor.submit((given: Uint8Array) => given[0], transfer(bytes, [bytes.buffer]))
    expect(bytes.byteLength).toBe(1)
    second.cancel()
    gate.open()
    await first
    expect(bytes.byteLength).toBe(1)
  })

  it('refuses a closure at the call', () => {
    newExecutor()
    const outer = 1
    expect(() => executor.submit(() => outer)).toThrow(/refers to 'outer'/)
  })

  it('accepts many functions that are written in place', async () => {
    newExecutor()
    const results: number[] = []
    for (let i = 0; i < 1100; i++) {
      const fn = new Function('n', `return n + ${i}`) as (n: number) => number
      if (i % 100 === 0) results.push(await executor.submit(fn, 0))
      else executor.submit(fn, 0)
    }
    expect(results).toEqual([0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000])
    expect(await executor.submit((n: number) => n, 5)).toBe(5)
  })

  it.each([0, 1.5, NaN, '2'])('refuses %s workers', (maxWorkers) => {
    expect(() => newExecutor({ maxWorkers: maxWorkers as number })).toThrow(ValueError)
  })
})

describe('a call that is cancelled', () => {
  it('never runs when it has not begun, even if it was sent ahead', async () => {
    newExecutor()
    const gate = new Gate()
    const first = executor.submit(hold, gate.memory, 'first')
    const second = executor.submit(enter, gate.memory, 'second')
    const third = executor.submit(enter, gate.memory, 'third')
    await gate.entered()
    expect(second.cancel('too late')).toBe(true)
    gate.open()
    expect(await first).toBe('first')
    expect(await third).toBe('third')
    expect(await failure(second)).toMatchObject({ name: 'CancelledError', message: 'too late' })
    expect(gate.entries).toBe(2)
  })

  it('never runs when it is still in the queue', async () => {
    newExecutor()
    const gate = new Gate()
    const first = executor.submit(hold, gate.memory, 'first')
    const calls = Array.from({ length: 300 }, (_, index) => executor.submit(enter, gate.memory, `${index}`))
    for (const [index, call] of calls.entries()) if (index % 3 !== 0) call.cancel()
    gate.open()
    await first
    expect(await Promise.all(calls.filter((call) => !call.cancelled()))).toHaveLength(100)
    expect(gate.entries).toBe(101)
  })

  it('is told by its signal while it waits', async () => {
    newExecutor()
    const gate = new Gate()
    const call = executor.submit(workerFunction<Work, 'waitForAbort'>(url, 'waitForAbort'), gate.memory)
    await gate.entered()
    call.cancel()
    expect(await failure(call)).toBeInstanceOf(CancelledError)
    await gate.noted()
  })

  it('is told by its signal although it never lets go of its thread', async () => {
    newExecutor()
    const gate = new Gate()
    const spin = workerFunction<Work, 'spinUntilAborted'>(url, 'spinUntilAborted')
    const call = executor.submit(spin, gate.memory)
    await gate.entered()
    call.cancel()
    await gate.noted()
    expect(await executor.submit(enter, gate.memory, 'next')).toBe('next')
  })

  it('does not abort the signal of the call after it', async () => {
    newExecutor()
    const gate = new Gate()
    const first = executor.submit(hold, gate.memory, 'first')
    const isAborted = workerFunction<() => boolean>(
      await bundle({
        text: `import { executorSignal } from '@asyncio-ts/executors'
        export const isAborted = () => executorSignal().aborted`,
      }),
      'isAborted',
    )
    const second = executor.submit(isAborted)
    await gate.entered()
    first.cancel()
    gate.open()
    expect(await second).toBe(false)
  })

  it('ends its worker when asked to, and no other call', async () => {
    newExecutor({ maxWorkers: 2, terminateOnCancel: true })
    const [stuck, other] = [new Gate(), new Gate()]
    const call = executor.submit(hold, stuck.memory, 'stuck')
    await stuck.entered()
    const running = executor.submit(hold, other.memory, 'other')
    await other.entered()
    const behind = Array.from({ length: 10 }, (_, index) => executor.submit(enter, stuck.memory, `${index}`))
    call.cancel()
    // The other worker is held as well: these need a new one.
    expect(await Promise.all(behind)).toEqual(behind.map((_, index) => `${index}`))
    other.open()
    expect(await running).toBe('other')
  })
})

describe('a worker that cannot be started', () => {
  it('fails the calls, whatever the host says', async () => {
    newExecutor({ threadNamePrefix: Symbol('no name') as unknown as string })
    const error = await failure(Promise.resolve().then(() => executor.submit(() => 1)))
    expect(error).toBeInstanceOf(BrokenThreadPool)
    expect(error.cause).toBeInstanceOf(TypeError)
    expect(() => executor.submit(() => 1)).toThrow(BrokenThreadPool)
  })
})

describe('a worker that ends', () => {
  it('fails the call that it was running, with a clear error, and the pool goes on', async () => {
    newExecutor()
    const gate = new Gate()
    const exits = function quit(memory: Int32Array): void {
      Atomics.wait(memory, 1, 0)
      process.exit(3)
    }
    const before = executor.submit(enter, gate.memory, 'before')
    const call = executor.submit(exits, gate.memory)
    const behind = Array.from({ length: 10 }, (_, index) => executor.submit(enter, gate.memory, `${index}`))
    gate.open()
    const error = await failure(call)
    expect(error).toBeInstanceOf(BrokenThreadPool)
    expect(error).toBeInstanceOf(BrokenExecutor)
    expect(error.message).toBe("The worker 'pool_0' ended with exit code 3 while it ran 'quit'.")
    expect(await before).toBe('before')
    expect(await Promise.all(behind)).toEqual(behind.map((_, index) => `${index}`))
    expect(gate.entries).toBe(11)
  })

  it('tells why it crashed', async () => {
    newExecutor()
    const crashes = (): Promise<void> =>
      new Promise(() => {
        setImmediate(() => {
          throw new RangeError('out of luck')
        })
      })
    const error = await failure(executor.submit(crashes))
    expect(error).toMatchObject({ name: 'BrokenThreadPool', message: expect.stringContaining('crashed') as string })
    expect(error.cause).toMatchObject({ name: 'RangeError', message: 'out of luck' })
    expect(await executor.submit(() => 'fine')).toBe('fine')
  })

  it('may have run out of memory', async () => {
    newExecutor({ resourceLimits: { maxOldGenerationSizeMb: 20 } })
    // In small pieces: a large one that finds no room ends the whole process, on some hosts.
    const fill = (): number => {
      let row: unknown = null
      for (;;) row = { row, filling: [1, 2, 3] }
    }
    const error = await failure(executor.submit(fill))
    expect(error).toBeInstanceOf(BrokenThreadPool)
    expect(error.message).toMatch(/'pool_0' ran out of memory while it ran/)
    expect(await executor.submit(() => 'fine')).toBe('fine')
  })

  it('is replaced when it crashes between two calls', async () => {
    newExecutor()
    const gate = new Gate()
    const bomb = (memory: Int32Array): void => {
      setImmediate(() => {
        Atomics.add(memory, 2, 1)
        Atomics.notify(memory, 2)
        process.exit(1)
      })
    }
    await executor.submit(bomb, gate.memory)
    await gate.noted()
    expect(await executor.submit(() => 'fine')).toBe('fine')
  })
})

describe('an initializer', () => {
  it.each(['prepare', 'prepareLater'] as const)('runs in every worker before its first call (%s)', async (name) => {
    newExecutor({ initializer: workerFunction<Work, typeof name>(url, name), initargs: ['a cache'], maxWorkers: 2 })
    const ask = workerFunction<Work, 'whatIsPrepared'>(url, 'whatIsPrepared')
    expect(await Promise.all([executor.submit(ask), executor.submit(ask)])).toEqual(['a cache', 'a cache'])
  })

  it('that fails fails every call', async () => {
    newExecutor({ initializer: workerFunction<Work, 'failToPrepare'>(url, 'failToPrepare'), maxWorkers: 2 })
    const calls = [executor.submit(() => 1), executor.submit(() => 2), executor.submit(() => 3)]
    for (const call of calls) {
      const error = await failure(call)
      expect(error).toBeInstanceOf(BrokenThreadPool)
      expect(error.cause).toMatchObject({ name: 'TypeError', message: 'no licence' })
    }
    expect(() => executor.submit(() => 4)).toThrow(BrokenThreadPool)
  })

  it('that ends its worker does not make the pool try forever', async () => {
    newExecutor({ initializer: () => process.exit(7) })
    const error = await failure(executor.submit(() => 1))
    expect(error).toBeInstanceOf(BrokenThreadPool)
    expect((error.cause as Error).message).toMatch(/exit code 7/)
  })

  it('is refused when it could not work', () => {
    const outer = 1
    expect(() => newExecutor({ initializer: () => outer })).toThrow(/refers to 'outer'/)
  })
})

describe('shutdown', () => {
  it('waits for what was submitted, and takes no more', async () => {
    newExecutor()
    const gate = new Gate()
    const calls = ['a', 'b', 'c'].map((name) => executor.submit(hold, gate.memory, name))
    const down = executor.shutdown()
    expect(() => executor.submit(() => 1)).toThrow(RuntimeError)
    gate.open()
    await down
    expect(calls.map((call) => call.result())).toEqual(['a', 'b', 'c'])
  })

  it('need not be waited for', async () => {
    newExecutor()
    const gate = new Gate()
    const call = executor.submit(hold, gate.memory, 'held')
    await executor.shutdown({ wait: false })
    expect(call.done()).toBe(false)
    gate.open()
    expect(await call).toBe('held')
    await executor.shutdown()
  })

  it('cancels what has not begun when asked to', async () => {
    newExecutor()
    const gate = new Gate()
    const first = executor.submit(hold, gate.memory, 'first')
    const others = Array.from({ length: 100 }, () => executor.submit(enter, gate.memory, 'other'))
    await gate.entered()
    const down = executor.shutdown({ cancelFutures: true })
    expect(others.every((call) => call.cancelled())).toBe(true)
    gate.open()
    await down
    expect(first.result()).toBe('first')
    expect(gate.entries).toBe(1)
  })

  it('waits for a worker that was ended by a cancel', async () => {
    newExecutor({ terminateOnCancel: true })
    const gate = new Gate()
    const call = executor.submit(hold, gate.memory, 'held')
    await gate.entered()
    call.cancel()
    await executor.shutdown()
    expect(gate.entries).toBe(1)
  })

  it('is what the end of an await using block does', async () => {
    const block = newExecutor()
    const call = block.submit(() => 'done')
    await block[Symbol.asyncDispose]()
    expect(call.result()).toBe('done')
  })

  it('of an executor that was never used is immediate', async () => {
    await newExecutor().shutdown()
    expect(() => executor.submit(() => 1)).toThrow(RuntimeError)
  })
})
