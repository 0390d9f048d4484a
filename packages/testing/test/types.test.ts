import { describe, expectTypeOf, test } from 'vitest'
import type { Awaitable, Coroutine, NetworkLoop, Transport } from '@asyncio-ts/core'
import type { EventLoop } from '@asyncio-ts/loop'
import { explore, memoryServer, replay, runSeeded, runVirtual } from '../src/index.ts'
import type { Chooser, Exploration, TestedLoop, VirtualLoop } from '../src/index.ts'

function typed(_call: () => unknown): void {
  return undefined
}

describe('types', () => {
  test('what main returns is what running it returns', () => {
    typed(() => {
      expectTypeOf(runVirtual(async () => 1)).toEqualTypeOf<Promise<number>>()
      expectTypeOf(
        runVirtual(function* (): Coroutine<string> {
          return 'x'
        }),
      ).toEqualTypeOf<Promise<string>>()
      expectTypeOf(runSeeded(async () => 1)).toEqualTypeOf<Promise<number | undefined>>()
      expectTypeOf(
        runSeeded(function* (): Coroutine<string> {
          return 'x'
        }),
      ).toEqualTypeOf<Promise<string | undefined>>()
      expectTypeOf(replay(async () => 1, '1:1')).toEqualTypeOf<Promise<number | undefined>>()
      expectTypeOf(explore(async () => 1)).toEqualTypeOf<Promise<Exploration>>()
    })
  })

  test('schedules take functions, as anything else runs once', () => {
    typed(() => {
      // @ts-expect-error a running promise
      void explore(Promise.resolve(1))
      // @ts-expect-error a generator object
      void explore((function* (): Coroutine<void> {})())
    })
  })

  test('a virtual loop is a loop of the library, with a network', () => {
    expectTypeOf<VirtualLoop>().toExtend<EventLoop>()
    expectTypeOf<VirtualLoop>().toExtend<TestedLoop>()
    expectTypeOf<Pick<VirtualLoop, 'createConnection'>>().toExtend<Pick<NetworkLoop, 'createConnection'>>()
    expectTypeOf<VirtualLoop['advance']>().returns.toEqualTypeOf<Awaitable<void>>()
  })

  test('a server in memory knows the protocol of each side', () => {
    typed(async () => {
      class Mine {
        connectionMade(): void {}
        connectionLost(): void {}
        pauseWriting(): void {}
        resumeWriting(): void {}
        dataReceived(): void {}
        eofReceived(): undefined {}
      }
      const { connect } = memoryServer(() => new Mine())
      expectTypeOf(await connect(() => new Mine())).toEqualTypeOf<[transport: Transport, protocol: Mine]>()
    })
  })

  test('a chooser is any object that chooses', () => {
    expectTypeOf<{ next(max: number): number }>().toExtend<Chooser>()
  })
})
