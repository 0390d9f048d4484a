import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { run } from '@asyncio-ts/loop'
import { getRunningLoop } from '@asyncio-ts/core'
import type { ExceptionContext } from '@asyncio-ts/core'
import { loopPort, ProcessPoolExecutor, ThreadPoolExecutor } from '../src/index.ts'

const errors: unknown[] = []
const note = (error: unknown): void => void errors.push(error)

beforeAll(() => {
  process.on('uncaughtException', note)
})

afterAll(() => {
  process.off('uncaughtException', note)
})

/** What looks like a report of a worker, and anything else that can be copied. */
const described = { name: 'Error', message: 'forged', stack: undefined, classes: ['Error'], fields: [], isValue: false }
const forged: unknown[] = [
  null,
  undefined,
  0,
  'ready',
  [],
  ['ready'],
  ['result', 'forged'],
  ['error', described],
  ['error', null],
  ['broken', described],
  ['uncopied', 'forged'],
  ['skipped'],
  ['nonsense'],
  [null, ['result', 'forged']],
  [undefined, ['result', 'forged']],
  { 0: 'result', 1: 'forged', length: 2 },
  { cmd: 'NODE_HANDLE', type: 'nonsense' },
  { cmd: 'NODE_HANDLE_ACK' },
  { cmd: 'NODE_HANDLE_NACK' },
]
const messages = fc.array(
  fc.oneof(fc.constantFrom(...forged), fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true })),
  { maxLength: 8 },
)

const throughThread = (all: unknown[], result: number): number => {
  const threads = process.getBuiltinModule('node:worker_threads')
  for (const message of all) threads.parentPort!.postMessage(message)
  return result
}

const throughProcess = (all: unknown[], result: number): number => {
  for (const message of all) {
    try {
      process.send!(message)
    } catch {
      // Some values cannot be sent at all.
    }
  }
  return result
}

describe('what a function sends to the parent by itself', () => {
  it('is not taken for a report of its thread', async () => {
    await using executor = new ThreadPoolExecutor({ maxWorkers: 1 })
    await fc.assert(
      fc.asyncProperty(messages, async (all) => {
        const calls = [1, 2, 3].map((result) => executor.submit(throughThread, all, result))
        expect(await Promise.all(calls)).toEqual([1, 2, 3])
      }),
      { numRuns: 100 },
    )
    expect(errors).toEqual([])
  })

  it('is not taken for a report of its process', async () => {
    await using executor = new ProcessPoolExecutor({ maxWorkers: 1 })
    await fc.assert(
      fc.asyncProperty(messages, async (all) => {
        const calls = [1, 2].map((result) => executor.submit(throughProcess, all, result))
        expect(await Promise.all(calls)).toEqual([1, 2])
      }),
      { numRuns: 50 },
    )
    expect(errors).toEqual([])
  })

  it('cannot be sent through the channel of the pool: a thread does not find it', async () => {
    await using executor = new ThreadPoolExecutor({ maxWorkers: 1 })
    const found = await executor.submit(() => {
      const { parentPort, workerData } = process.getBuiltinModule('node:worker_threads')
      parentPort!.close()
      return Object.keys(workerData as object)
    })
    expect(found).toEqual([])
    expect(await executor.submit(() => 'still there')).toBe('still there')
  })

  it('is reported to the exception handler when it comes through a loop port', async () => {
    await run(async () => {
      const contexts: ExceptionContext[] = []
      const loop = getRunningLoop()
      loop.setExceptionHandler((_loop, context) => void contexts.push(context))
      await using executor = new ThreadPoolExecutor({ maxWorkers: 1 })
      using port = loopPort({ log: () => undefined })
      const send = (to: unknown): void => {
        const { postMessage } = to as { postMessage(message: unknown): void }
        for (const message of [
          null,
          5,
          ['callSoon'],
          ['callSoon', 'log', null],
          ['run', {}, 'log', []],
          ['cancel', {}],
        ]) {
          postMessage.call(to, message)
        }
      }
      await executor.submit(send, port)
      while (contexts.length < 6) await new Promise((resolve) => setImmediate(resolve))
      for (const { exception } of contexts) expect(exception).toBeInstanceOf(TypeError)
    })
    expect(errors).toEqual([])
  })
})

describe('what a function throws', () => {
  const oddities = {
    'an AggregateError of functions': (): never => {
      throw new AggregateError([() => 1])
    },
    'a class that is called AggregateError': (): never => {
      throw new (class AggregateError extends Error {})('mine')
    },
    'an error with a getter that throws': (): never => {
      throw Object.defineProperty(new Error('x'), 'message', {
        get: () => {
          throw new Error('getter')
        },
      })
    },
    'an error whose name is no string': (): never => {
      throw Object.assign(new Error('x'), { name: Symbol('odd') })
    },
    'a revoked proxy': (): never => {
      const { proxy, revoke } = Proxy.revocable({}, {})
      revoke()
      throw proxy
    },
    'an error with shared memory': (): never => {
      throw Object.assign(new Error('shared'), { memory: new SharedArrayBuffer(1) })
    },
    'an error that is its own cause': (): never => {
      const error = new Error('round')
      error.cause = new AggregateError([error])
      throw error
    },
  }

  it.each(Object.entries(oddities))('may be %s: the call fails, and nothing else', async (_what, fn) => {
    await using threads = new ThreadPoolExecutor({ maxWorkers: 1 })
    await using processes = new ProcessPoolExecutor({ maxWorkers: 1 })
    for (const executor of [threads, processes]) {
      const pid = await executor.submit(() => process.pid)
      await expect(executor.submit(fn)).rejects.not.toThrow(/crashed|exit code/)
      expect(await executor.submit(() => process.pid)).toBe(pid)
    }
    expect(errors).toEqual([])
  })
})
