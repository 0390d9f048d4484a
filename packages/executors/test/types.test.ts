import { describe, expectTypeOf, it } from 'vitest'
import type { CoroutineObject, Executor, FutureLike } from '@asyncio-ts/core'
import { runInExecutor, toThread, transfer, workerFunction } from '../src/index.ts'
import type {
  callSoonThreadsafe,
  loopPort,
  LoopPort,
  MappedCalls,
  ProcessPoolExecutor,
  runCoroutineThreadsafe,
  ThreadPoolExecutor,
} from '../src/index.ts'
import type * as work from './fixtures/work.ts'
import type { Handlers } from './fixtures/work.ts'

const url = 'file:///work.js'

describe('the types', () => {
  it('of a worker function are those of the export', () => {
    const fib = workerFunction<typeof work, 'fib'>(url, 'fib')
    expectTypeOf(fib).toEqualTypeOf<(n: number) => number>()
    // @ts-expect-error -- no such export
    workerFunction<typeof work, 'fibs'>(url, 'fibs')
    // @ts-expect-error -- the name of another one
    workerFunction<typeof work, 'fib'>(url, 'buy')
    expectTypeOf(workerFunction<(a: string) => void>(url, 'any')).toEqualTypeOf<(a: string) => void>()
  })

  it('of a call are those of its function', () => {
    const add = (a: number, b: string): string => b.repeat(a)
    const calls = (executor: ThreadPoolExecutor | ProcessPoolExecutor): void => {
      expectTypeOf(toThread(add, 1, 'a')).toEqualTypeOf<CoroutineObject<string>>()
      expectTypeOf(toThread(async (a: number) => a, 1)).toEqualTypeOf<CoroutineObject<number>>()
      expectTypeOf(runInExecutor(undefined, add, 1, 'a')).toEqualTypeOf<FutureLike<string>>()
      expectTypeOf(executor.submit(add, 1, 'a')).toEqualTypeOf<FutureLike<string>>()
      expectTypeOf(executor.map((n: number) => `${n}`, [1])).toEqualTypeOf<MappedCalls<string>>()
      // @ts-expect-error -- an argument is missing
      toThread(add, 1)
      // @ts-expect-error -- the second one is a string
      executor.submit(add, 1, 2)
      // @ts-expect-error -- items of another type
      executor.map((n: number) => n, ['1'])
    }
    expectTypeOf(calls).toBeFunction()
  })

  it('of what is handed over are those of the value', () => {
    expectTypeOf(transfer(new Uint8Array(1), [])).toEqualTypeOf(new Uint8Array(1))
  })

  it('of executors fit the contract', () => {
    expectTypeOf<ThreadPoolExecutor>().toExtend<Executor>()
    expectTypeOf<ProcessPoolExecutor>().toExtend<Executor>()
  })

  it('of a loop port are those of its handlers', () => {
    type Run = typeof runCoroutineThreadsafe
    const inWorker = (port: LoopPort<Handlers>, run: Run, call: typeof callSoonThreadsafe): void => {
      expectTypeOf(run(port, 'double', 1)).toEqualTypeOf<FutureLike<number>>()
      call(port, 'log', 'a line')
      // @ts-expect-error -- a line is a string
      call(port, 'log', 1)
      // @ts-expect-error -- no such handler
      run(port, 'triple', 1)
    }
    const inLoop = (make: typeof loopPort, talk: typeof work.talk): void => {
      const port = make({ log: (_line: string) => undefined, double: async (n: number) => n * 2 })
      // @ts-expect-error -- handlers are missing
      void toThread(talk, port)
    }
    expectTypeOf([inWorker, inLoop]).toBeArray()
  })
})
