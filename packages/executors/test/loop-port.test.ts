import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { coroutine, currentTask, Future, getRunningLoop } from '@asyncio-ts/core'
import type { Suspension, Task } from '@asyncio-ts/core'
import { run } from '@asyncio-ts/loop'
import { callSoonThreadsafe, loopPort, ThreadPoolExecutor, workerFunction } from '../src/index.ts'
import type { LoopPort } from '../src/index.ts'
import { bundle } from './bundle.ts'
import type * as work from './fixtures/work.ts'
import type { Handlers } from './fixtures/work.ts'

type Work = typeof work

let url: string
let executor: ThreadPoolExecutor
let lines: string[]
let outcomes: string[]
let ended: Future<void>

beforeAll(async () => {
  url = await bundle({ file: 'fixtures/work.ts' })
})

beforeEach(() => {
  executor = new ThreadPoolExecutor({ maxWorkers: 1 })
  lines = []
  outcomes = []
  ended = new Future<void>()
})

afterEach(() => executor.shutdown())

const handlers = (): Handlers => ({
  log: (line) => void lines.push(line),
  double: coroutine(function* (n: number): Generator<Suspension, number, unknown> {
    yield
    return n * 2
  }),
  async forever(): Promise<never> {
    try {
      return await new Future<never>()
    } catch (error) {
      outcomes.push(String(error))
      throw error
    } finally {
      ended.setResult()
    }
  },
  fail: () => {
    throw new RangeError('no such item')
  },
})

const reference = <Name extends 'talk' | 'fetchFailure' | 'startAndCancel' | 'waitForever'>(name: Name): Work[Name] =>
  workerFunction<Work, Name>(url, name)

/** A port whose `forever` waits for good, and tells which tasks run it. */
function portOfWaiters(): { port: LoopPort<Handlers>; tasks: Task[]; started: Future<void> } {
  const tasks: Task[] = []
  const started = new Future<void>()
  const port = loopPort<Handlers>({
    ...handlers(),
    async forever(): Promise<never> {
      tasks.push(currentTask() as Task)
      started.setResult()
      return await new Future<never>()
    },
  })
  return { port, tasks, started }
}

describe('a loop port', () => {
  it('lets a worker call functions and run coroutines on the loop, in order', async () => {
    const port = loopPort(handlers())
    expect(await executor.submit(reference('talk'), port)).toBe(8)
    expect(await executor.submit(reference('talk'), port)).toBe(8)
    expect(lines).toEqual(['first', 'double(2) = 4', 'first', 'double(2) = 4'])
    port.close()
  })

  it('works while run() drives the loop', async () => {
    await run(async () => {
      using port = loopPort(handlers())
      expect(await executor.submit(reference('talk'), port)).toBe(8)
    })
  })

  it('carries errors to the worker', async () => {
    using port = loopPort(handlers())
    expect(await executor.submit(reference('fetchFailure'), port)).toBe('RangeError: no such item')
  })

  it('carries the error of a task factory to the worker', async () => {
    await run(async () => {
      const loop = getRunningLoop()
      const port = loopPort<Handlers>({ ...handlers(), fail: coroutine(function* () {}) } as never)
      loop.setTaskFactory(() => {
        throw new RangeError('no tasks today')
      })
      const call = executor.submit(reference('fetchFailure'), port)
      const outcome = await new Promise((resolve) => call.addDoneCallback((done) => resolve(done.result())))
      loop.setTaskFactory(null)
      expect(outcome).toBe('RangeError: no tasks today')
      port.close()
    })
  })

  it('names what it has when the worker asks for something else', async () => {
    using port = loopPort({ other: () => 1 } as unknown as Handlers)
    expect(await executor.submit(reference('fetchFailure'), port)).toBe(
      "TypeError: The loop port has no function 'fail': it has other.",
    )
  })

  it('cancels the task when the worker cancels its wait', async () => {
    using port = loopPort(handlers())
    expect(await executor.submit(reference('startAndCancel'), port)).toBe('CancelledError')
    await ended
    expect(outcomes).toEqual(['CancelledError: not needed'])
  })

  it('cancels the wait of the worker when the task is cancelled', async () => {
    const { port, tasks, started } = portOfWaiters()
    const call = executor.submit(reference('waitForever'), port)
    await started
    for (const task of tasks) task.cancel()
    expect(await call).toBe('CancelledError')
    port.close()
  })

  it('cancels the tasks of a worker that has ended', async () => {
    const ending = new ThreadPoolExecutor({ maxWorkers: 1, terminateOnCancel: true })
    const { port, tasks, started } = portOfWaiters()
    const call = ending.submit(reference('waitForever'), port)
    await started
    call.cancel()
    await expect(tasks[0]).rejects.toThrow('The worker that started it has ended.')
    await ending.shutdown()
  })

  it('fails what waits when it is closed', async () => {
    const { port, started } = portOfWaiters()
    const call = executor.submit(reference('waitForever'), port)
    await started
    port.close()
    expect(await call).toBe('RuntimeError')
  })

  it('is of no use where the loop is', () => {
    using port = loopPort(handlers())
    expect(() => callSoonThreadsafe(port, 'log', 'x')).toThrow(TypeError)
    expect(() => callSoonThreadsafe(null as unknown as LoopPort<Handlers>, 'log', 'x')).toThrow(TypeError)
  })
})
