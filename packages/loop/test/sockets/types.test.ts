import { open } from 'node:fs/promises'
import { describe, expectTypeOf, it } from 'vitest'
import type { Address, CoroutineObject, DatagramTransport, ReadTransport, WriteTransport } from '@asyncio-ts/core'
import { getRunningLoop, Socket } from '../../src/index.ts'
import type { AddressInfo, EventLoop } from '../../src/index.ts'
import { DatagramRecorder, Recorder } from '../recorder.ts'

/** Never called: only its types matter. */
export async function uses(loop: EventLoop, socket: Socket, transport: DatagramTransport): Promise<void> {
  const [reading, reader] = await loop.connectReadPipe(() => new Recorder(), process.stdin)
  expectTypeOf(reading).toEqualTypeOf<ReadTransport>()
  expectTypeOf(reader).toEqualTypeOf<Recorder>()
  const [writing] = await loop.connectWritePipe(() => new Recorder(), 1)
  expectTypeOf(writing).toEqualTypeOf<WriteTransport>()
  const [datagrams, protocol] = await loop.createDatagramEndpoint(() => new DatagramRecorder(), { family: 4 })
  expectTypeOf(datagrams).toEqualTypeOf<DatagramTransport>()
  expectTypeOf(protocol).toEqualTypeOf<DatagramRecorder>()
  expectTypeOf(await loop.getaddrinfo('localhost', 80)).toEqualTypeOf<AddressInfo[]>()
  expectTypeOf(loop.getnameinfo(['::1', 80])).toEqualTypeOf<CoroutineObject<[host: string, service: string]>>()
  expectTypeOf(await loop.sockRecv(socket, 1)).toEqualTypeOf<Uint8Array>()
  expectTypeOf((await loop.sockRecvfrom(socket, 1))[1]).toEqualTypeOf<Address>()
  expectTypeOf((await loop.sockAccept(socket))[0]).toEqualTypeOf<Socket>()
  expectTypeOf(await loop.sendfile(transport, await open('/dev/null'), { count: 1 })).toEqualTypeOf<number>()
  // @ts-expect-error: an address is a pair
  await loop.sockSendto(socket, 'text', 'localhost:80')
  // @ts-expect-error: flags go by name
  await loop.getaddrinfo('localhost', 80, { flags: 1 })
}

describe('the types', () => {
  it('are those of the loop that programs use', () => {
    expectTypeOf(getRunningLoop).returns.toEqualTypeOf<EventLoop>()
    expectTypeOf(Socket.listen).returns.toEqualTypeOf<CoroutineObject<Socket>>()
  })
})
