import { describe, expect, expectTypeOf, it } from 'vitest'
import { getRunningLoop as anyRunningLoop } from '@asyncio-ts/core'
import type { Address, CoroutineObject, NetworkLoop, Server as ServerContract, Transport } from '@asyncio-ts/core'
import { EventLoop, Protocol } from '../../src/index.ts'
import type { Server } from '../../src/index.ts'
import { Recorder } from './stage.ts'

describe('EventLoop', () => {
  // Only type-checked: `npm run types` fails when an expectation does not hold.
  it('is a NetworkLoop, whose transports and protocols keep their types', () => {
    function _types(loop: EventLoop): void {
      expectTypeOf(loop).toExtend<NetworkLoop>()
      expectTypeOf(loop.createConnection(() => new Recorder(), 'x', 1)).toEqualTypeOf<
        CoroutineObject<[transport: Transport, protocol: Recorder]>
      >()
      expectTypeOf(loop.createUnixConnection(() => new Recorder(), 'x')).toEqualTypeOf<
        CoroutineObject<[transport: Transport, protocol: Recorder]>
      >()
      expectTypeOf(loop.createServer(() => new Protocol())).toEqualTypeOf<CoroutineObject<Server<Address>>>()
      expectTypeOf<Server>().toExtend<ServerContract>()
      // @ts-expect-error: a server has to show a certificate
      void (() => loop.createServer(() => new Protocol(), 'x', 1, { ssl: true }))
      // @ts-expect-error: a factory makes protocols
      void (() => loop.createServer(() => ({}), 'x', 1))
    }
    expect(_types).toBeTypeOf('function')
  })

  it('is needed for the network: the loop outside run() has none', () => {
    expect(anyRunningLoop()).not.toBeInstanceOf(EventLoop)
    expect('createConnection' in anyRunningLoop()).toBe(false)
  })
})
