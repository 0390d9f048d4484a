import { describe, expect, expectTypeOf, it } from 'vitest'
import type * as contract from '@asyncio-ts/core'
import type { Address, ExtraInfo, SocketAddress, Task } from '@asyncio-ts/core'
import * as loop from '../../src/index.ts'

// Only type-checked: `npm run types` fails when an expectation does not hold.
describe('the types', () => {
  it('are the same for a class and for the interface of its name', () => {
    async function _types(own: loop.EventLoop) {
      const [transport] = await own.createConnection(() => new loop.Protocol(), 'localhost', 80)
      expectTypeOf(transport).toExtend<loop.Transport>()
      const [endpoint] = await own.createDatagramEndpoint(() => new loop.DatagramProtocol())
      expectTypeOf(endpoint).toExtend<loop.DatagramTransport>()
      const [child] = await own.subprocessExec(() => new loop.SubprocessProtocol(), 'true')
      expectTypeOf(child).toExtend<loop.SubprocessTransport>()
      const [reading] = await own.connectReadPipe(() => new loop.Protocol(), 0)
      expectTypeOf(reading).toExtend<loop.ReadTransport>()
      const [writing] = await own.connectWritePipe(() => new loop.BaseProtocol(), 1)
      expectTypeOf(writing).toExtend<loop.WriteTransport>()
      const server = await own.createServer(() => new loop.Protocol(), null, 0)
      expectTypeOf(server).toExtend<loop.Server>()
      expectTypeOf(own).toExtend<contract.EventLoop & contract.NetworkLoop & contract.SubprocessLoop>()
    }
    expectTypeOf<loop.Transport>().toExtend<contract.Transport>()
    expectTypeOf<loop.DatagramTransport>().toExtend<contract.DatagramTransport>()
    expectTypeOf<loop.SubprocessTransport>().toExtend<contract.SubprocessTransport>()
    expectTypeOf<loop.Protocol>().toExtend<contract.Protocol>()
    expectTypeOf<contract.Protocol>().toExtend<loop.Protocol>()
    expectTypeOf<contract.DatagramProtocol>().toExtend<contract.BaseProtocol>()
    expect(_types).toBeTypeOf('function')
  })

  it('let a protocol say nothing at the end', () => {
    class Quiet extends loop.Protocol {
      override eofReceived() {}
    }
    class QuietBuffered extends loop.BufferedProtocol {
      override eofReceived() {}
    }
    expect([new Quiet().eofReceived(), new QuietBuffered().eofReceived()]).toEqual([undefined, undefined])
  })

  it('know the error of a task, the address of a server, and what a transport tells', () => {
    async function _types(own: loop.EventLoop, task: Task<number>, transport: loop.Transport) {
      expectTypeOf(task.exception()?.message).toEqualTypeOf<string | undefined>()
      const server = await own.createServer(() => new loop.Protocol(), '127.0.0.1', 0)
      const [host, port] = server.sockets[0]!.getsockname()
      expectTypeOf(host).toEqualTypeOf<string>()
      expectTypeOf(port).toEqualTypeOf<number>()
      const unix = await own.createUnixServer(() => new loop.Protocol(), '/tmp/socket')
      expectTypeOf(unix.sockets[0]!.getsockname()).toEqualTypeOf<string>()
      expectTypeOf(transport.getExtraInfo('peername')).toEqualTypeOf<SocketAddress | undefined>()
      expectTypeOf(transport.getExtraInfo('peername', null)).toEqualTypeOf<Address | string | null>()
      expectTypeOf(transport.getExtraInfo('cipher')?.version).toEqualTypeOf<string | undefined>()
      expectTypeOf(transport.getExtraInfo('of my own')).toEqualTypeOf<unknown>()
      expectTypeOf<keyof ExtraInfo>().toExtend<string>()
    }
    expect(_types).toBeTypeOf('function')
  })
})
