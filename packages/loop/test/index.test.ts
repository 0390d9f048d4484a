import { describe, expect, expectTypeOf, it } from 'vitest'
import { coroutine } from '@asyncio-ts/core'
import type { CoroutineObject, Future, Task } from '@asyncio-ts/core'
import * as loop from '../src/index.ts'
import { runProgram } from './program.ts'

describe('the package', () => {
  it('exports what it says', () => {
    expect(Object.keys(loop).sort()).toEqual([
      'BaseProtocol',
      'BaseTransport',
      'BufferedProtocol',
      'DatagramProtocol',
      'DatagramTransport',
      'EventLoop',
      'Protocol',
      'ReadTransport',
      'Runner',
      'SendfileNotAvailableError',
      'Server',
      'Socket',
      'SubprocessProtocol',
      'SubprocessTransport',
      'Transport',
      'WriteTransport',
      'asyncgen',
      'getEventLoop',
      'getRunningLoop',
      'newEventLoop',
      'run',
      'setEventLoop',
    ])
  })

  it('loads nothing of the network, of processes or of threads', async () => {
    const { stdout } = await runProgram(
      `const before = new Set(process.moduleLoadList)
      const { run } = await import('@asyncio-ts/loop')
      await run(async () => undefined)
      const heavy = /NativeModule (net|tls|dgram|child_process|worker_threads|http)$/
      const loaded = process.moduleLoadList.filter((name) => !before.has(name) && heavy.test(name))
      await import('node:net')
      const proof = process.moduleLoadList.some((name) => !before.has(name) && heavy.test(name))
      console.log(loaded.length, proof)`,
    )
    expect(stdout).toBe('0 true\n')
  })

  // Only type-checked: `npm run types` fails when an expectation does not hold.
  it('infers in both spellings', () => {
    const length = coroutine(function* (text: string) {
      yield
      return text.length
    })
    async function _types(runner: loop.Runner, own: loop.EventLoop, future: Future<bigint>) {
      expectTypeOf(loop.run(async () => 1)).toEqualTypeOf<Promise<number>>()
      expectTypeOf(
        await loop.run(function* () {
          return yield* length('x')
        }),
      ).toEqualTypeOf<number>()
      expectTypeOf(await loop.run(length('x'))).toEqualTypeOf<number>()
      expectTypeOf(await loop.run(() => length('x'))).toEqualTypeOf<number>()
      expectTypeOf(await loop.run(Promise.resolve('x'))).toEqualTypeOf<string>()
      expectTypeOf(await loop.run(async (task) => task.getName())).toEqualTypeOf<string>()
      expectTypeOf(await runner.run(length('x'))).toEqualTypeOf<number>()
      expectTypeOf(await own.runUntilComplete(future)).toEqualTypeOf<bigint>()
      expectTypeOf(own.runForever()).toEqualTypeOf<Promise<void>>()
      expectTypeOf(own.createTask(length('x'))).toEqualTypeOf<Task<number>>()
      expectTypeOf(own.shutdownAsyncgens()).toEqualTypeOf<CoroutineObject<void>>()
      own.addSignalHandler('SIGTERM', (name: string, count: number) => [name, count], 'x', 1)
      own.callSoonThreadsafe((name: string) => name, 'x')
      const numbers = loop.asyncgen(async function* (from: number) {
        yield from
      })
      for await (const n of numbers(1)) expectTypeOf(n).toEqualTypeOf<number>()

      // @ts-expect-error main is not awaitable
      await loop.run(1)
      // @ts-expect-error main takes an argument that nobody gives
      await loop.run(async (text: string) => text)
      // @ts-expect-error the callback takes a string
      own.addSignalHandler('SIGTERM', (name: string) => name, 1)
      // @ts-expect-error no name of a signal
      own.addSignalHandler('TERM', () => undefined)
      // @ts-expect-error run makes the context itself
      await loop.run(async () => 1, { context: undefined as never, unknown: 1 })
    }
    expect(_types).toBeTypeOf('function')
  })
})
