import { beforeAll, describe, expect, it } from 'vitest'
import { ContextVar, coroutine, getRunningLoop } from '@asyncio-ts/core'
import { setRunningLoop } from '@asyncio-ts/core/primitives'
import type { Suspension } from '@asyncio-ts/core'
import { EventLoop, run } from '@asyncio-ts/loop'
import { runInExecutor, ThreadPoolExecutor, toThread, workerFunction } from '../src/index.ts'
import { bundle } from './bundle.ts'
import type * as work from './fixtures/work.ts'
import { Gate, hold } from './gate.ts'

type Work = typeof work

let readRequestId: Work['readRequestId']
const add = (a: number, b: number): number => a + b

beforeAll(async () => {
  readRequestId = workerFunction<Work, 'readRequestId'>(await bundle({ file: 'fixtures/work.ts' }), 'readRequestId')
})

describe('toThread', () => {
  it('works on a loop that run() drives, in both spellings', async () => {
    expect(await run(async () => await toThread(add, 1, 2))).toBe(3)
    const main = coroutine(function* (): Generator<Suspension, number, unknown> {
      return yield* toThread(add, 2, 3)
    })
    expect(await run(main())).toBe(5)
  })

  it('works on the ambient loop', async () => {
    expect(await toThread(add, 1, 2)).toBe(3)
  })

  it('does nothing before it is awaited', async () => {
    const memory = new Int32Array(new SharedArrayBuffer(4))
    const touch = (given: Int32Array): number => Atomics.add(given, 0, 1)
    const coro = toThread(touch, memory)
    await toThread(add, 1, 1)
    expect(memory[0]).toBe(0)
    await coro
    expect(memory[0]).toBe(1)
  })

  it('refuses a closure at the call', () => {
    const outer = 1
    expect(() => toThread(() => outer)).toThrow(TypeError)
  })

  it('lets the loop go on', async () => {
    const gate = new Gate()
    await run(async () => {
      const task = getRunningLoop().createTask(() => toThread(hold, gate.memory, 'held'))
      await gate.entered()
      expect(task.done()).toBe(false)
      gate.open()
      expect(await task).toBe('held')
    })
  })

  it('ends its wait at once when it is cancelled', async () => {
    const gate = new Gate()
    await run(async () => {
      const task = getRunningLoop().createTask(() => toThread(hold, gate.memory, 'held'))
      await gate.entered()
      task.cancel()
      await expect(task).rejects.toMatchObject({ name: 'CancelledError' })
      gate.open()
    })
  })

  it('is waited for at the end of run(), though its task was cancelled', async () => {
    const gate = new Gate()
    let hasEnded = false
    const ending = run(async () => {
      getRunningLoop().createTask(() => toThread(hold, gate.memory, 'held'))
      await gate.entered()
    }).then(() => (hasEnded = true))
    await gate.entered()
    for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve))
    expect(hasEnded).toBe(false)
    gate.open()
    await ending
  })

  it('takes the values of context variables along, those that can be copied', async () => {
    const requestId = new ContextVar<string>('requestId')
    const callback = new ContextVar<() => void>('callback')
    await run(async () => {
      expect(await toThread(readRequestId)).toBe('none')
      requestId.set('r-17')
      callback.set(() => undefined)
      expect(await toThread(readRequestId)).toBe('r-17')
      expect(await runInExecutor(undefined, readRequestId)).toBe('none')
    })
  })

  it('cannot tell two variables of one name from each other', async () => {
    const [one, two] = [new ContextVar<string>('requestId'), new ContextVar<string>('requestId')]
    await run(async () => {
      one.set('1')
      two.set('2')
      expect(await toThread(readRequestId)).toBe('none')
    })
  })
})

describe('runInExecutor', () => {
  it('uses the executor it is given', async () => {
    const executor = new ThreadPoolExecutor({ maxWorkers: 1 })
    expect(await runInExecutor(executor, add, 1, 2)).toBe(3)
    expect(await run(async () => runInExecutor(executor, add, 2, 3))).toBe(5)
    await executor.shutdown()
    expect(() => runInExecutor(executor, add, 1, 2)).toThrow(/after shutdown/)
  })

  it('uses the default executor of the loop', async () => {
    await run(async () => {
      const executor = new ThreadPoolExecutor({ maxWorkers: 1, threadNamePrefix: 'mine' })
      ;(getRunningLoop() as unknown as EventLoop).setDefaultExecutor(executor)
      await expect(runInExecutor(null, () => process.exit(1))).rejects.toThrow("The worker 'mine_0'")
    })
  })

  it('leaves alone a loop that was closed meanwhile', async () => {
    const loop = new EventLoop()
    const gate = new Gate()
    setRunningLoop(loop)
    const future = loop.runInExecutor(null, hold, gate.memory, 'held')
    expect(future.getLoop()).toBe(loop)
    setRunningLoop(null)
    await gate.entered()
    loop.close()
    gate.open()
    // The thread ends once it has done its work, and another loop is not disturbed.
    expect(await toThread(add, 1, 2)).toBe(3)
    expect(future.done()).toBe(false)
  })

  it('gives a loop that does not run yet a future of its own', async () => {
    const loop = new EventLoop()
    const future = loop.runInExecutor(null, add, 1, 2)
    expect(future.getLoop()).toBe(loop)
    expect(await loop.runUntilComplete(future)).toBe(3)
    const failing = loop.runInExecutor(null, () => {
      throw new RangeError('no')
    })
    await expect(loop.runUntilComplete(failing)).rejects.toThrow(RangeError)
    await loop.runUntilComplete(loop.shutdownDefaultExecutor())
    loop.close()
  })
})
