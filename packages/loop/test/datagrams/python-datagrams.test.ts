import { describe, expect, it } from 'vitest'
import type { Address } from '@asyncio-ts/core'
import { onLoop } from '../on-loop.ts'
import { hasPython, PythonPeer } from '../python-peer.ts'
import { DatagramRecorder } from '../recorder.ts'

const echoServer = `
import asyncio

class Echo(asyncio.DatagramProtocol):
    def connection_made(self, transport):
        self.transport = transport
    def datagram_received(self, data, addr):
        self.transport.sendto(data.upper(), addr)

async def main():
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_datagram_endpoint(Echo, local_addr=('127.0.0.1', 0))
    print(transport.get_extra_info('sockname')[1])
    await asyncio.sleep(20)

asyncio.run(main())
`

const client = `
import asyncio, sys

class Client(asyncio.DatagramProtocol):
    def __init__(self):
        self.queue = asyncio.Queue()
    def datagram_received(self, data, addr):
        self.queue.put_nowait(data)
    def error_received(self, exc):
        self.queue.put_nowait(type(exc).__name__.encode())

async def main():
    loop = asyncio.get_running_loop()
    transport, protocol = await loop.create_datagram_endpoint(
        Client, remote_addr=('127.0.0.1', int(sys.argv[1])))
    for size in 1, 100, 9000, 60000:
        transport.sendto(bytes(range(256)) * (size // 256) + bytes(size % 256))
        data = await asyncio.wait_for(protocol.queue.get(), 5)
        print(size, len(data), data == bytes(range(256)) * (size // 256) + bytes(size % 256))
    transport.sendto(b'bye')
    await asyncio.wait_for(protocol.queue.get(), 5)
    while not transport.is_closing():
        transport.sendto(b'anybody?')
        try:
            print((await asyncio.wait_for(protocol.queue.get(), 0.05)).decode())
        except TimeoutError:
            continue
        transport.close()

asyncio.run(main())
`

/** Sends back what it gets, until it is told goodbye. */
class Echo extends DatagramRecorder {
  override datagramReceived(data: Uint8Array, from: Address): void {
    const isBye = Buffer.from(data).toString() === 'bye'
    this.transport!.sendto(data, from)
    if (isBye) this.transport!.close()
  }
}

describe.skipIf(!hasPython)('datagrams', () => {
  it(
    'go to a server in Python and back',
    onLoop(async (loop) => {
      await using peer = new PythonPeer(echoServer)
      const remoteAddr: Address = ['127.0.0.1', Number(await peer.line())]
      const [transport, protocol] = await loop.createDatagramEndpoint(() => new DatagramRecorder(), { remoteAddr })
      for (const text of ['hello', 'x'.repeat(20_000)]) {
        transport.sendto(text)
        await protocol.until(() => protocol.received.some(([received]) => received === text.toUpperCase()))
      }
      expect(protocol.received.every(([, from]) => from.toString() === remoteAddr.toString())).toBe(true)
      transport.close()
      await protocol.lost()
    }),
  )

  it(
    'come from a client in Python, which learns that the server has gone',
    onLoop(async (loop) => {
      const localAddr: Address = ['127.0.0.1', 0]
      const [transport, server] = await loop.createDatagramEndpoint(() => new Echo(), { localAddr })
      const [, port] = transport.getExtraInfo('sockname') as Address
      await using peer = new PythonPeer(client, [port])
      for (const size of [1, 100, 9000, 60_000]) expect(await peer.line()).toBe(`${size} ${size} True`)
      await server.lost()
      expect(await peer.line()).toBe('ConnectionRefusedError')
      expect(await peer.exit()).toBe(0)
    }),
  )
})
