import { createSocket, Socket } from 'node:dgram'
import { describe, expect, it } from 'vitest'
import { ValueError } from '@asyncio-ts/core'
import type { Address, DatagramTransport, SocketAddress } from '@asyncio-ts/core'
import { DatagramProtocol, newEventLoop } from '../../src/index.ts'
import { onLoop } from '../on-loop.ts'
import { DatagramRecorder } from '../recorder.ts'

const ANY: Address = ['127.0.0.1', 0]

/** Sends back what it gets. */
class Echo extends DatagramProtocol {
  #transport: DatagramTransport | null = null

  override connectionMade(transport: DatagramTransport): void {
    this.#transport = transport
  }

  override datagramReceived(data: Uint8Array, from: Address): void {
    this.#transport!.sendto(data, from)
  }
}

function addressOf(transport: DatagramTransport): Address {
  return transport.getExtraInfo('sockname') as Address
}

/** A socket whose queue is as long as a test says, and that sends when it is told to. */
class SlowSocket extends Socket {
  readonly queue: { bytes: Buffer; done: (error: Error | null) => void }[] = []

  constructor() {
    super('udp4' as never)
  }

  override send(...args: unknown[]): void {
    this.queue.push({ bytes: args[0] as Buffer, done: args.at(-1) as () => void })
  }

  override getSendQueueSize(): number {
    return this.queue.reduce((size, { bytes }) => size + bytes.length, 0)
  }

  override getSendQueueCount(): number {
    return this.queue.length
  }

  flush(count: number, error: Error | null = null): void {
    for (const { done } of this.queue.splice(0, count)) done(error)
  }
}

describe('createDatagramEndpoint', () => {
  it(
    'sends to a server and hears its answer',
    onLoop(async (loop) => {
      const [server] = await loop.createDatagramEndpoint(() => new Echo(), { localAddr: ANY })
      const remoteAddr = addressOf(server)
      const [client, protocol] = await loop.createDatagramEndpoint(() => new DatagramRecorder(), { remoteAddr })
      expect(protocol.events).toEqual(['made'])
      expect(client.getExtraInfo('peername')).toEqual(remoteAddr)
      expect(server.getExtraInfo('peername', 'none')).toBe('none')
      expect(client.getExtraInfo('socket')).toBeInstanceOf(Socket)
      client.sendto('hello')
      client.sendto(new Uint8Array(0), remoteAddr)
      client.sendto(Buffer.from('world'), null as unknown as SocketAddress)
      await protocol.until(() => protocol.received.length === 3)
      expect(protocol.received).toEqual(['hello', '', 'world'].map((text) => [text, remoteAddr]))
      client.close()
      client.close()
      expect(client.isClosing()).toBe(true)
      expect(protocol.events.at(-1)).toBe('datagram')
      await protocol.lost()
      expect(protocol.events.filter((event) => event === 'lost')).toHaveLength(1)
      server.abort()
    }),
  )

  it(
    'answers each peer of an endpoint without a remote address, by name and by address',
    onLoop(async (loop) => {
      const [server] = await loop.createDatagramEndpoint(() => new Echo(), { localAddr: ['localhost', 0] })
      const [client, protocol] = await loop.createDatagramEndpoint(() => new DatagramRecorder(), { family: 4 })
      const [, port] = addressOf(server)
      client.sendto('by name', ['localhost', port])
      client.sendto('by address', ['127.0.0.1', port])
      await protocol.until(() => protocol.received.length === 2)
      expect(protocol.received.map(([text]) => text).sort()).toEqual(['by address', 'by name'])
      client.close()
      server.close()
      await protocol.lost()
    }),
  )

  it(
    'works over IPv6',
    onLoop(async (loop) => {
      const [server] = await loop.createDatagramEndpoint(() => new Echo(), { localAddr: ['::1', 0] })
      const remoteAddr = addressOf(server)
      const options = { remoteAddr, family: 6 as const }
      const [client, protocol] = await loop.createDatagramEndpoint(() => new DatagramRecorder(), options)
      client.sendto('six')
      await protocol.until(() => protocol.received.length === 1)
      expect(protocol.received).toEqual([['six', remoteAddr]])
      client.close()
      server.close()
      await protocol.lost()
    }),
  )

  it(
    'keeps the datagrams that come before the protocol has been told of the transport',
    onLoop(async (loop) => {
      const sock = createSocket('udp4')
      await new Promise<void>((resolve) => sock.bind(0, '127.0.0.1', resolve))
      class Sends extends DatagramRecorder {
        constructor() {
          super()
          const sender = createSocket('udp4')
          sender.send('early', sock.address().port, '127.0.0.1', () => sender.close())
        }
      }
      const [transport, protocol] = await loop.createDatagramEndpoint(() => new Sends(), { sock })
      await protocol.until(() => protocol.received.length === 1)
      expect(protocol.events).toEqual(['made', 'datagram'])
      expect(transport.getExtraInfo('socket')).toBe(sock)
      transport.close()
      await protocol.lost()
    }),
  )

  it(
    'takes a connected socket over, and binds one that is not bound',
    onLoop(async (loop) => {
      const [server] = await loop.createDatagramEndpoint(() => new Echo(), { localAddr: ANY })
      const [host, port] = addressOf(server)
      const connected = createSocket('udp4')
      await new Promise<void>((resolve) => connected.connect(port, host, resolve))
      const [client, protocol] = await loop.createDatagramEndpoint(() => new DatagramRecorder(), { sock: connected })
      expect(client.getExtraInfo('peername')).toEqual([host, port])
      client.sendto('connected')
      await protocol.until(() => protocol.received.length === 1)
      const unbound = createSocket('udp4')
      const [other, second] = await loop.createDatagramEndpoint(() => new DatagramRecorder(), { sock: unbound })
      other.sendto('bound', [host, port])
      await second.until(() => second.received.length === 1)
      for (const transport of [client, other, server]) transport.close()
      await protocol.lost()
      await second.lost()
    }),
  )

  it(
    'gives the refusal of a peer to errorReceived, and goes on',
    onLoop(async (loop) => {
      const [gone] = await loop.createDatagramEndpoint(() => new Echo(), { localAddr: ANY })
      const remoteAddr = addressOf(gone)
      gone.abort()
      await new Promise((resolve) => setTimeout(resolve, 5))
      const [client, protocol] = await loop.createDatagramEndpoint(() => new DatagramRecorder(), { remoteAddr })
      client.sendto('anybody?')
      await protocol.until(() => protocol.errors.length > 0)
      expect(protocol.errors[0]).toMatchObject({ name: 'ConnectionRefusedError', code: 'ECONNREFUSED' })
      expect(client.isClosing()).toBe(false)
      client.close()
      await protocol.lost()
      expect(protocol.events.at(-1)).toBe('lost')
    }),
  )

  it(
    'gives a datagram that is too long to errorReceived',
    onLoop(async (loop) => {
      const [client, protocol] = await loop.createDatagramEndpoint(() => new DatagramRecorder(), { localAddr: ANY })
      client.sendto(new Uint8Array(100_000), ['127.0.0.1', 9])
      await protocol.until(() => protocol.errors.length > 0)
      expect(protocol.errors[0]).toMatchObject({ name: 'OSError', code: 'EMSGSIZE' })
      client.close()
      await protocol.lost()
    }),
  )

  it(
    'sends to its remote address only',
    onLoop(async (loop) => {
      const remoteAddr: Address = ['127.0.0.1', 9999]
      for (const allowBroadcast of [false, true]) {
        const options = { remoteAddr, allowBroadcast }
        const [client, protocol] = await loop.createDatagramEndpoint(() => new DatagramRecorder(), options)
        expect(() => client.sendto('no', ['127.0.0.1', 9998])).toThrow(ValueError)
        expect(client.getExtraInfo('peername') !== undefined).toBe(!allowBroadcast)
        client.close()
        await protocol.lost()
      }
    }),
  )

  it(
    'refuses what cannot be sent',
    onLoop(async (loop) => {
      const [client, protocol] = await loop.createDatagramEndpoint(() => new DatagramRecorder(), { localAddr: ANY })
      expect(() => client.sendto('where to?')).toThrow(TypeError)
      expect(() => client.sendto('where to?', ['127.0.0.1', 70_000])).toThrow(ValueError)
      expect(() => client.sendto(7 as unknown as string, ['127.0.0.1', 7])).toThrow(TypeError)
      client.close()
      await protocol.lost()
    }),
  )

  it(
    'counts 8 bytes beside those of each datagram, pauses and resumes',
    onLoop(async (loop) => {
      const sock = new SlowSocket()
      const [transport, protocol] = await loop.createDatagramEndpoint(() => new DatagramRecorder(), { sock })
      expect(transport.getWriteBufferLimits()).toEqual([16384, 65536])
      transport.setWriteBufferLimits({ high: 40, low: 16 })
      const bytes = Buffer.from('abcd')
      for (let count = 0; count < 4; count++) transport.sendto(bytes, ['127.0.0.1', 9])
      bytes.fill(0)
      expect(transport.getWriteBufferSize()).toBe(48)
      expect(sock.queue[0]!.bytes.toString()).toBe('abcd')
      expect(protocol.events).toEqual(['made', 'pause'])
      sock.flush(2)
      expect(protocol.events).toEqual(['made', 'pause'])
      sock.flush(1)
      expect(protocol.events).toEqual(['made', 'pause', 'resume'])
      transport.close()
      expect(transport.getWriteBufferSize()).toBe(12)
      await new Promise((resolve) => setTimeout(resolve, 5))
      expect(protocol.isLost).toBe(false)
      sock.flush(1)
      expect(protocol.isLost).toBe(true)
    }),
  )

  it(
    'counts empty datagrams',
    onLoop(async (loop) => {
      const sock = new SlowSocket()
      const [transport, protocol] = await loop.createDatagramEndpoint(() => new DatagramRecorder(), { sock })
      transport.setWriteBufferLimits({ high: 0 })
      transport.sendto('', ['127.0.0.1', 9])
      expect(transport.getWriteBufferSize()).toBe(8)
      expect(protocol.events).toEqual(['made', 'pause'])
      transport.abort()
      expect(transport.getWriteBufferSize()).toBe(0)
      await protocol.lost()
      expect(protocol.events).toEqual(['made', 'pause', 'lost'])
    }),
  )

  it(
    'is lost when somebody else closes its socket',
    onLoop(async (loop) => {
      const sock = createSocket('udp4')
      const [transport, protocol] = await loop.createDatagramEndpoint(() => new DatagramRecorder(), { sock })
      sock.close()
      expect(transport.getWriteBufferSize()).toBe(0)
      transport.sendto('too late', ['127.0.0.1', 9])
      await protocol.lost()
      expect(protocol.events).toEqual(['made', 'error OSError', 'lost'])
    }),
  )

  it(
    'waits for a socket that is being bound',
    onLoop(async (loop) => {
      const sock = createSocket('udp4')
      sock.bind(0, '127.0.0.1')
      const [transport, protocol] = await loop.createDatagramEndpoint(() => new DatagramRecorder(), { sock })
      transport.sendto('to itself', addressOf(transport))
      await protocol.until(() => protocol.received.length === 1)
      transport.close()
      await protocol.lost()
    }),
  )

  it(
    'sends to every listener where broadcasts are allowed',
    onLoop(async (loop) => {
      const any: Address = ['0.0.0.0', 0]
      const [listening, heard] = await loop.createDatagramEndpoint(() => new DatagramRecorder(), { localAddr: any })
      const target: Address = ['127.255.255.255', addressOf(listening)[1]]
      const [mute, refused] = await loop.createDatagramEndpoint(() => new DatagramRecorder(), { localAddr: ANY })
      mute.sendto('not allowed', target)
      await refused.until(() => refused.errors.length > 0)
      expect(refused.errors[0]).toMatchObject({ name: 'PermissionError', code: 'EACCES' })
      const options = { localAddr: ANY, remoteAddr: target, allowBroadcast: true }
      const [loud] = await loop.createDatagramEndpoint(() => new DatagramRecorder(), options)
      loud.sendto('to everybody')
      await heard.until(() => heard.received.length > 0)
      expect(heard.received).toEqual([['to everybody', addressOf(loud)]])
      for (const transport of [listening, mute, loud]) transport.close()
      await heard.lost()
    }),
  )

  it(
    "fails where the address is taken, with the system's error",
    onLoop(async (loop) => {
      const [first] = await loop.createDatagramEndpoint(() => new Echo(), { localAddr: ANY })
      const again = loop.createDatagramEndpoint(() => new Echo(), { localAddr: addressOf(first) })
      await expect(again).rejects.toThrow(expect.objectContaining({ name: 'OSError', code: 'EADDRINUSE' }))
      first.abort()
    }),
  )

  it.each([
    ['neither address nor family', {}, 'ValueError'],
    ['a socket that is none', { sock: {} }, 'ValueError'],
    ['a socket with other options', { sock: 'udp4', family: 4 }, 'ValueError'],
    ['addresses of different families', { localAddr: ['127.0.0.1', 0], remoteAddr: ['::1', 9] }, 'ValueError'],
    ['an address that is no pair', { localAddr: ['127.0.0.1'] }, 'TypeError'],
    ['a path', { localAddr: '/nowhere' }, 'NotImplementedError'],
    ['a name that does not exist', { remoteAddr: ['nowhere.invalid', 9] }, 'gaierror'],
  ])('refuses %s', async (_, options, name) => {
    const loop = newEventLoop()
    const { sock } = options as { sock?: unknown }
    const given = { ...options, ...(sock === 'udp4' && { sock: createSocket('udp4') }) }
    const made = loop.createDatagramEndpoint(() => new Echo(), given as object)
    await expect(loop.runUntilComplete(made)).rejects.toThrow(expect.objectContaining({ name }))
    loop.close()
    if (given.sock instanceof Socket) given.sock.close()
  })

  it(
    'shares a port where the host can, and says so where it cannot',
    onLoop(async (loop) => {
      const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
      const canShare = major > 23 || (major === 23 && minor >= 1) || (major === 22 && minor >= 12)
      const first = loop.createDatagramEndpoint(() => new DatagramRecorder(), { localAddr: ANY, reusePort: true })
      if (!canShare) {
        await expect(first).rejects.toThrow('reusePort is not supported by this host')
        return
      }
      const [transport, protocol] = await first
      const options = { localAddr: addressOf(transport), reusePort: true }
      const [second] = await loop.createDatagramEndpoint(() => new DatagramRecorder(), options)
      second.close()
      transport.close()
      await protocol.lost()
    }),
  )

  it(
    'closes the socket when it is cancelled, wherever it waits',
    onLoop(async (loop) => {
      const [server] = await loop.createDatagramEndpoint(() => new Echo(), { localAddr: ANY })
      for (let turns = 0; turns < 12; turns++) {
        const options = { localAddr: ['localhost', 0] as Address, remoteAddr: addressOf(server) }
        const protocol = new DatagramRecorder()
        const task = loop.createTask(loop.createDatagramEndpoint(() => protocol, options))
        for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve))
        if (task.cancel()) {
          await expect(task).rejects.toThrow(expect.objectContaining({ name: 'CancelledError' }))
        } else {
          const [transport] = await task
          transport.close()
        }
        if (protocol.events.length > 0) await protocol.lost()
      }
      server.close()
    }),
  )

  it(
    'closes the socket when the factory fails',
    onLoop(async (loop) => {
      const made = loop.createDatagramEndpoint(
        () => {
          throw new Error('no protocol today')
        },
        { localAddr: ANY },
      )
      await expect(made).rejects.toThrow('no protocol today')
    }),
  )

  it(
    'opens and closes many endpoints, and leaves none',
    onLoop(async (loop) => {
      const [server] = await loop.createDatagramEndpoint(() => new Echo(), { localAddr: ANY })
      const remoteAddr = addressOf(server)
      async function once(index: number): Promise<void> {
        const [client, protocol] = await loop.createDatagramEndpoint(() => new DatagramRecorder(), { remoteAddr })
        client.sendto(`${index}`)
        await protocol.until(() => protocol.received.length === 1)
        expect(protocol.received[0]![0]).toBe(`${index}`)
        if (index % 2 === 0) client.close()
        else client.abort()
        await protocol.lost()
      }
      for (let round = 0; round < 20; round++) await Promise.all(Array.from({ length: 20 }, (_, index) => once(index)))
      server.close()
    }),
  )

  it('does not keep the process alive by an endpoint of a loop that is closed', async () => {
    const loop = newEventLoop()
    const made = loop.createDatagramEndpoint(() => new DatagramRecorder(), { localAddr: ANY })
    const [transport, protocol] = await loop.runUntilComplete(made)
    loop.close()
    expect(transport.isClosing()).toBe(true)
    expect(protocol.events).toEqual(['made'])
    expect(() => (transport.getExtraInfo('socket') as Socket).address()).toThrow('Not running')
  })
})
