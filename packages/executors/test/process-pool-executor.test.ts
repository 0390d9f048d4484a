import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { RuntimeError, ValueError } from '@asyncio-ts/core'
import { BrokenProcessPool, ProcessPoolExecutor, transfer, workerFunction } from '../src/index.ts'
import type { ProcessPoolExecutorOptions } from '../src/index.ts'
import { bundle } from './bundle.ts'
import type * as work from './fixtures/work.ts'

type Work = typeof work

let url: string
let executor: ProcessPoolExecutor
const made: ProcessPoolExecutor[] = []

beforeAll(async () => {
  url = await bundle({ file: 'fixtures/work.ts' })
})

function newExecutor(options: ProcessPoolExecutorOptions = {}): ProcessPoolExecutor {
  executor = new ProcessPoolExecutor({ maxWorkers: 1, ...options })
  made.push(executor)
  return executor
}

afterEach(async () => {
  for (const each of made.splice(0)) await each.shutdown({ cancelFutures: true })
})

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    if ((error as { code?: string }).code === 'ESRCH') return false
    throw error
  }
}

describe('ProcessPoolExecutor', () => {
  it('calls functions in processes, which are gone after the shutdown', async () => {
    newExecutor({ maxWorkers: 2 })
    const pids = await Promise.all([executor.submit(() => process.pid), executor.submit(() => process.pid)])
    expect(new Set([...pids, process.pid]).size).toBe(3)
    expect(pids.map(isAlive)).toEqual([true, true])
    await executor.shutdown()
    expect(pids.map(isAlive)).toEqual([false, false])
  })

  it('copies arguments, results and errors', async () => {
    newExecutor()
    const args = { list: [1, 2], map: new Map([['a', 1n]]), bytes: new Uint8Array([1]) }
    expect(await executor.submit((given: unknown) => given, args)).toEqual(args)
    expect(await executor.submit(workerFunction<Work, 'fib'>(url, 'fib'), 15)).toBe(610)
    await expect(executor.submit(workerFunction<Work, 'buy'>(url, 'buy'), 'tea')).rejects.toMatchObject({
      name: 'ShopError',
      item: 'tea',
      cause: { name: 'RangeError' },
    })
  })

  it('says what cannot be copied, or handed over', async () => {
    newExecutor()
    await expect(
      executor.submit(
        (f: unknown) => f,
        () => 1,
      ),
    ).rejects.toThrow(/^The arguments of .* cannot be copied/)
    await expect(executor.submit(() => () => 1)).rejects.toThrow(/returned cannot be copied from its worker/)
    const bytes = new Uint8Array(1)
    await expect(executor.submit((given: Uint8Array) => given, transfer(bytes, [bytes.buffer]))).rejects.toThrow(
      /cannot be transferred to a process/,
    )
    expect(await executor.submit(() => 1)).toBe(1)
  })

  it('fails the calls when no process can be started', async () => {
    newExecutor()
    const { execPath } = process
    process.execPath = '/nowhere/node'
    try {
      const call = executor.submit(() => 1)
      await expect(call).rejects.toMatchObject({ name: 'BrokenProcessPool', cause: { code: 'ENOENT' } })
    } finally {
      process.execPath = execPath
    }
  })

  it('maps in chunks', async () => {
    newExecutor({ maxWorkers: 2 })
    const results: number[] = []
    const items = Array.from({ length: 50 }, (_, index) => index)
    for await (const result of executor.map((n: number) => n + 1, items, { chunksize: 10 })) results.push(result)
    expect(results).toEqual(items.map((n) => n + 1))
  })

  it('loses the call of a process that ends, and no other', async () => {
    newExecutor()
    const before = executor.submit((n: number) => n, 1)
    const exits = function quit(): void {
      process.exit(3)
    }
    const lost = executor.submit(exits)
    const after = executor.submit((n: number) => n, 2)
    const error = await lost.then(String, (thrown: Error) => thrown)
    expect(error).toBeInstanceOf(BrokenProcessPool)
    expect((error as Error).message).toMatch(/_0' ended with exit code 3 while it ran 'quit'\.$/)
    expect(await Promise.all([before, after])).toEqual([1, 2])
  })

  it('tells the signal that killed a process', async () => {
    newExecutor()
    const killed = async (): Promise<never> => {
      process.kill(process.pid, 'SIGKILL')
      return new Promise(() => undefined)
    }
    await expect(executor.submit(killed)).rejects.toThrow(/was killed by SIGKILL while it ran 'killed'/)
  })

  it('never runs a call that was cancelled before its turn', async () => {
    newExecutor()
    const count = workerFunction<Work, 'countCalls'>(url, 'countCalls')
    const calls = [executor.submit(count), executor.submit(count), executor.submit(count)]
    calls[1]!.cancel()
    expect([await calls[0], await calls[2]]).toEqual([1, 2])
  })

  it('tells a call that waits that it was cancelled, or ends its process when asked to', async () => {
    const waits = async (): Promise<string> => {
      const signal = executorSignal()
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
      ;(globalThis as { wasAborted?: boolean }).wasAborted = true
      return 'aborted'
    }
    for (const terminateOnCancel of [false, true]) {
      newExecutor({ terminateOnCancel })
      const pid = await executor.submit(() => process.pid)
      const call = executor.submit(waits)
      call.cancel()
      const after = executor.submit(() => [process.pid, (globalThis as { wasAborted?: boolean }).wasAborted])
      const [nextPid, wasAborted] = await after
      expect([nextPid === pid, wasAborted]).toEqual(terminateOnCancel ? [false, undefined] : [true, true])
    }
  })

  it('runs an initializer', async () => {
    newExecutor({ initializer: workerFunction<Work, 'prepareLater'>(url, 'prepareLater'), initargs: ['a cache'] })
    expect(await executor.submit(workerFunction<Work, 'whatIsPrepared'>(url, 'whatIsPrepared'))).toBe('a cache')
  })
})

/** What a self-contained function may call in a worker. */
declare function executorSignal(): AbortSignal

describe('maxTasksPerChild', () => {
  it('replaces a process after so many calls', async () => {
    newExecutor({ maxTasksPerChild: 2 })
    const pids: number[] = []
    for (let i = 0; i < 5; i++) pids.push(await executor.submit(() => process.pid))
    const [a, b, c, d, e] = pids
    expect([a === b, c === d, new Set([a, c, e]).size]).toEqual([true, true, 3])
    await executor.shutdown()
    expect(pids.map(isAlive)).toEqual(pids.map(() => false))
  })

  it('counts a chunk of map as one call, and loses nothing', async () => {
    newExecutor({ maxWorkers: 2, maxTasksPerChild: 1 })
    const pids: number[] = []
    for await (const pid of executor.map(() => process.pid, [1, 2, 3, 4], { chunksize: 2 })) pids.push(pid)
    expect(pids).toHaveLength(4)
    expect([pids[0] === pids[1], pids[2] === pids[3], pids[0] === pids[2]]).toEqual([true, true, false])
  })

  it.each([0, -1, 1.5, '2'])('is refused when it is %s', (maxTasksPerChild) => {
    expect(() => newExecutor({ maxTasksPerChild: maxTasksPerChild as number })).toThrow(ValueError)
  })
})

describe.each(['terminateWorkers', 'killWorkers'] as const)('%s', (method) => {
  it('fails what is running, cancels what waits, and takes no more', async () => {
    newExecutor()
    const pid = await executor.submit(() => process.pid)
    const running = executor.submit(() => {
      for (;;);
    })
    const waiting = executor.submit(() => 1)
    executor[method]()
    expect(waiting.cancelled()).toBe(true)
    await expect(running).rejects.toThrow(BrokenProcessPool)
    await expect(running).rejects.toThrow(/was killed by SIG(TERM|KILL) while it ran/)
    expect(() => executor.submit(() => 1)).toThrow(RuntimeError)
    await executor.shutdown()
    expect(isAlive(pid)).toBe(false)
  })

  it('may be called when there are no workers, and again', async () => {
    newExecutor()
    executor[method]()
    executor[method]()
    await executor.shutdown()
  })
})

it('terminateWorkers leaves a process that handles SIGTERM its call', async () => {
  newExecutor()
  await executor.submit(() => {
    const told = new Promise((resolve) => process.once('SIGTERM', resolve))
    Object.assign(globalThis, { told })
  })
  const call = executor.submit(() => (globalThis as { told?: Promise<unknown> }).told)
  executor.terminateWorkers()
  expect(await call).toBe('SIGTERM')
})
