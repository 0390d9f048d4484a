import { Socket as HostSocket } from 'node:net'
import type { Server as HostServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import type { Address, Transport } from '@asyncio-ts/core'
import { Socket } from '../../src/index.ts'
import type { EventLoop } from '../../src/index.ts'
import { onLoop } from '../on-loop.ts'
import { DatagramRecorder, Recorder } from '../recorder.ts'

/** A listening socket, and a client that has said something. */
async function connected(loop: EventLoop, text: string): Promise<[listening: Socket, client: Socket]> {
  const listening = await Socket.listen(['127.0.0.1', 0])
  const client = Socket.connectable()
  await loop.sockConnect(client, listening.getsockname())
  await loop.sockSendall(client, text)
  return [listening, client]
}

describe('a Socket', () => {
  it(
    'becomes a transport when it was accepted',
    onLoop(async (loop) => {
      const [listening, client] = await connected(loop, 'hello')
      const [accepted] = await loop.sockAccept(listening)
      const [transport, protocol] = await loop.connectAcceptedSocket(() => new Recorder(), accepted)
      await protocol.until(() => protocol.text === 'hello')
      expect(() => accepted.getsockname()).toThrow('closed')
      transport.write('world')
      expect((await loop.sockRecv(client, 100)).toString()).toBe('world')
      client.close()
      await protocol.lost()
      listening.close()
    }),
  )

  it(
    'keeps what it has received and not given out for the transport',
    onLoop(async (loop) => {
      const [listening, client] = await connected(loop, 'head and body')
      const [server] = await loop.sockAccept(listening)
      expect((await loop.sockRecv(server, 5)).toString()).toBe('head ')
      const abandoned = loop.createTask(loop.sockRecv(client, 1))
      await new Promise((resolve) => setImmediate(resolve))
      abandoned.cancel()
      const [, protocol] = await loop.createConnection(() => new Recorder(), undefined, undefined, { sock: server })
      await protocol.until(() => protocol.text === 'and body')
      expect(protocol.events).toEqual(['made', 'data'])
      const [transport, other] = await loop.createConnection(() => new Recorder(), undefined, undefined, {
        sock: client,
      })
      ;(protocol.transport as Transport).write('answer')
      await other.until(() => other.text === 'answer')
      transport.close()
      await other.lost()
      await protocol.lost()
      listening.close()
    }),
  )

  it(
    'becomes a server, with the connections that wait',
    onLoop(async (loop) => {
      const [listening, client] = await connected(loop, 'early')
      await new Promise((resolve) => setTimeout(resolve, 5))
      const protocol = new Recorder()
      const server = await loop.createServer(() => protocol, undefined, undefined, { sock: listening })
      await protocol.until(() => protocol.text === 'early')
      client.close()
      await protocol.lost()
      server.close()
      await server.waitClosed()
    }),
  )

  it(
    'becomes a datagram endpoint, with the datagrams that wait',
    onLoop(async (loop) => {
      const socket = await Socket.datagram({ localAddr: ['127.0.0.1', 0] })
      const address = socket.getsockname() as Address
      await loop.sockSendto(socket, 'early', address)
      await new Promise((resolve) => setTimeout(resolve, 5))
      const [transport, protocol] = await loop.createDatagramEndpoint(() => new DatagramRecorder(), { sock: socket })
      transport.sendto('late', address)
      await protocol.until(() => protocol.received.length === 2)
      expect(protocol.received.map(([text]) => text)).toEqual(['early', 'late'])
      transport.close()
      await protocol.lost()
    }),
  )

  it(
    'gives away what the host has, once',
    onLoop(async (loop) => {
      const [listening, client] = await connected(loop, 'raw')
      const [server] = await loop.sockAccept(listening)
      const host = server.detach() as HostSocket
      expect(host).toBeInstanceOf(HostSocket)
      expect(() => server.detach()).toThrow(expect.objectContaining({ code: 'EBADF' }))
      await new Promise((resolve) => host.once('data', resolve).resume())
      host.destroy()
      server.close()
      expect((await loop.sockRecv(client, 1)).length).toBe(0)
      client.close()
      const net = listening.detach() as HostServer
      expect(() => listening.detach()).toThrow(expect.objectContaining({ code: 'EBADF' }))
      await new Promise((resolve) => net.close(resolve))
      expect(() => Socket.connectable().detach()).toThrow('not connected')
    }),
  )
})
