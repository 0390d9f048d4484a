import type { Socket as DatagramHost } from 'node:dgram'
import { createSocket } from 'node:dgram'
import { rmSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { createServer, Socket as HostSocket } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { NotImplementedError, OSError, ValueError } from '@asyncio-ts/core'
import { newEventLoop, SendfileNotAvailableError, Socket } from '../../src/index.ts'
import type { EventLoop } from '../../src/index.ts'
import { onLoop } from '../on-loop.ts'

/** Two connected stream sockets. */
async function pair(loop: EventLoop): Promise<[client: Socket, server: Socket]> {
  using listening = await Socket.listen(['127.0.0.1', 0])
  const client = Socket.connectable()
  await loop.sockConnect(client, listening.getsockname())
  const [server] = await loop.sockAccept(listening)
  return [client, server]
}

/** Runs other callbacks, and lets the host do I/O. */
async function letPass(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 10))
}

async function receiveAll(loop: EventLoop, socket: Socket): Promise<Buffer> {
  const chunks = []
  for (;;) {
    const chunk = await loop.sockRecv(socket, 65536)
    if (chunk.length === 0) return Buffer.concat(chunks)
    chunks.push(chunk)
  }
}

describe('sockConnect and sockAccept', () => {
  it(
    'connect a client and a server',
    onLoop(async (loop) => {
      using listening = await Socket.listen(['localhost', 0])
      using client = Socket.connectable()
      expect(client.type).toBe('stream')
      await loop.sockConnect(client, listening.getsockname())
      const [server, address] = await loop.sockAccept(listening)
      expect(address).toEqual(client.getsockname())
      expect(server.getsockname()).toEqual(client.getpeername())
      server.close()
    }),
  )

  it(
    'connect once when a second call comes while the name is looked up',
    onLoop(async (loop) => {
      using listening = await Socket.listen(['localhost', 0])
      const [, port] = listening.getsockname() as [string, number]
      using client = Socket.connectable()
      const [first, second] = [1, 2].map(() => loop.createTask(loop.sockConnect(client, ['localhost', port])))
      await first
      await expect(second).rejects.toThrow(OSError)
      const [server] = await loop.sockAccept(listening)
      expect(server.getsockname()).toEqual(client.getpeername())
      server.close()
    }),
  )

  it(
    'connect Unix sockets',
    onLoop(async (loop) => {
      const path = join(tmpdir(), `asyncio-ts-${process.pid}.sock`)
      using listening = await Socket.listen(path)
      expect(listening.getsockname()).toBe(path)
      using client = Socket.connectable()
      await loop.sockConnect(client, path)
      const [server, address] = await loop.sockAccept(listening)
      expect(address).toBe('')
      await loop.sockSendall(server, 'unix')
      expect((await loop.sockRecv(client, 10)).toString()).toBe('unix')
      server.close()
    }),
  )

  it(
    'leave a connection to the next call when the first is cancelled',
    onLoop(async (loop) => {
      using listening = await Socket.listen(['127.0.0.1', 0])
      const accepting = loop.createTask(loop.sockAccept(listening))
      await letPass()
      using client = Socket.connectable()
      loop.callSoon(() => accepting.cancel())
      await loop.sockConnect(client, listening.getsockname())
      await expect(accepting).rejects.toThrow(expect.objectContaining({ name: 'CancelledError' }))
      const [server] = await loop.sockAccept(listening)
      server.close()
    }),
  )

  it(
    'serve those who accept in the order in which they asked',
    onLoop(async (loop) => {
      using listening = await Socket.listen(['127.0.0.1', 0])
      const order: number[] = []
      const accepting = [0, 1, 2].map((index) =>
        loop.createTask(async () => {
          const [server] = await loop.sockAccept(listening)
          order.push(index)
          return server
        }),
      )
      await letPass()
      const clients = [Socket.connectable(), Socket.connectable(), Socket.connectable()]
      for (const client of clients) await loop.sockConnect(client, listening.getsockname())
      for (const task of accepting) (await task).close()
      expect(order).toEqual([0, 1, 2])
      for (const client of clients) client.close()
    }),
  )

  it(
    "fail with the system's error, and can be tried again",
    onLoop(async (loop) => {
      const gone = await Socket.listen(['127.0.0.1', 0])
      const nobody = gone.getsockname()
      gone.close()
      await letPass()
      using client = Socket.connectable()
      const failed = loop.sockConnect(client, nobody)
      await expect(failed).rejects.toThrow(expect.objectContaining({ name: 'ConnectionRefusedError' }))
      using listening = await Socket.listen(['127.0.0.1', 0])
      await loop.sockConnect(client, listening.getsockname())
      const again = loop.sockConnect(client, listening.getsockname())
      await expect(again).rejects.toThrow(expect.objectContaining({ code: 'EISCONN' }))
      const taken = Socket.listen(listening.getsockname())
      await expect(taken).rejects.toThrow(expect.objectContaining({ code: 'EADDRINUSE' }))
    }),
  )

  it(
    'give an attempt up when they are cancelled',
    onLoop(async (loop) => {
      using listening = await Socket.listen(['127.0.0.1', 0])
      for (let turns = 0; turns < 6; turns++) {
        using client = Socket.connectable()
        const task = loop.createTask(loop.sockConnect(client, listening.getsockname()))
        for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve))
        if (task.cancel()) {
          await expect(task).rejects.toThrow(expect.objectContaining({ name: 'CancelledError' }))
          expect(() => client.getpeername()).toThrow('not connected')
        } else await task
      }
      await letPass()
    }),
  )

  it(
    'end with an OSError when the socket is closed meanwhile',
    onLoop(async (loop) => {
      const listening = await Socket.listen(['127.0.0.1', 0])
      const accepting = loop.createTask(loop.sockAccept(listening))
      const [client, server] = await pair(loop)
      const receiving = loop.createTask(loop.sockRecv(client, 1))
      await letPass()
      listening.close()
      client.close()
      client.close()
      for (const task of [accepting, receiving]) {
        await expect(task).rejects.toThrow(expect.objectContaining({ name: 'OSError', code: 'EBADF' }))
      }
      expect(() => client.getsockname()).toThrow(OSError)
      server.close()
    }),
  )
})

describe('sockRecv and sockSendall', () => {
  it(
    'take what is there, up to a limit, and nothing at the end',
    onLoop(async (loop) => {
      const [client, server] = await pair(loop)
      await loop.sockSendall(client, 'hello')
      await loop.sockSendall(client, Buffer.from(' world'))
      client.shutdown()
      expect((await loop.sockRecv(server, 0)).length).toBe(0)
      expect((await loop.sockRecv(server, 4)).toString()).toBe('hell')
      expect((await receiveAll(loop, server)).toString()).toBe('o world')
      expect((await loop.sockRecv(server, 4)).length).toBe(0)
      await expect(loop.sockSendall(client, 'more')).rejects.toThrow(expect.objectContaining({ code: 'EPIPE' }))
      await loop.sockSendall(server, 'half-open')
      const into = new Uint8Array(4)
      expect(await loop.sockRecvInto(client, into)).toBe(4)
      expect(Buffer.from(into).toString()).toBe('half')
      client.close()
      server.close()
    }),
  )

  it(
    'lose no byte when they are cancelled',
    onLoop(async (loop) => {
      const [client, server] = await pair(loop)
      const sent = Buffer.from(Array.from({ length: 200 }, (_, index) => index))
      const received: Uint8Array[] = []
      for (const byte of sent) {
        const receiving = loop.createTask(loop.sockRecv(server, 3))
        if (byte % 3 === 0) await new Promise((resolve) => setImmediate(resolve))
        await loop.sockSendall(client, new Uint8Array([byte]))
        if (byte % 2 === 0) await new Promise((resolve) => setImmediate(resolve))
        receiving.cancel()
        await receiving.then(
          (chunk) => received.push(chunk),
          () => undefined,
        )
      }
      client.shutdown()
      received.push(await receiveAll(loop, server))
      expect(Buffer.concat(received)).toEqual(sent)
      client.close()
      server.close()
    }),
  )

  it(
    'read no further ahead than the host does',
    onLoop(async (loop) => {
      const [client, server] = await pair(loop)
      const size = 8_000_000
      const sending = loop.createTask(loop.sockSendall(client, new Uint8Array(size)))
      await loop.sockRecv(server, 1)
      await letPass()
      expect(sending.done()).toBe(false)
      expect((server.host as HostSocket).readableLength).toBeLessThan(300_000)
      client.close()
      await expect(sending).rejects.toThrow(expect.objectContaining({ code: 'EBADF' }))
      server.close()
    }),
  )

  it(
    'fail when somebody else destroys the socket of the host',
    onLoop(async (loop) => {
      const [client, server] = await pair(loop)
      const sending = loop.createTask(loop.sockSendall(client, new Uint8Array(8_000_000)))
      await letPass()
      ;(client.host as HostSocket).destroy()
      await expect(sending).rejects.toThrow(expect.objectContaining({ name: 'BrokenPipeError', code: 'EPIPE' }))
      client.close()
      server.close()
    }),
  )

  it(
    'carry many bytes to a slow reader',
    onLoop(async (loop) => {
      const [client, server] = await pair(loop)
      const sent = Buffer.alloc(3_000_000, 'abcdefghijk')
      const sending = loop.createTask(async () => {
        await loop.sockSendall(client, sent)
        client.close()
      })
      const received = await receiveAll(loop, server)
      expect(received.equals(sent)).toBe(true)
      await sending
      server.close()
    }),
  )

  it(
    'fail when the peer resets the connection',
    onLoop(async (loop) => {
      const host = createServer()
      await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve))
      const accepted = new Promise<HostSocket>((resolve) => host.on('connection', resolve))
      using client = Socket.connectable()
      await loop.sockConnect(client, ['127.0.0.1', (host.address() as AddressInfo).port])
      const receiving = loop.createTask(loop.sockRecv(client, 10))
      const connection = await accepted
      connection.resetAndDestroy()
      await expect(receiving).rejects.toThrow(expect.objectContaining({ name: 'ConnectionResetError' }))
      await new Promise((resolve) => host.close(resolve))
    }),
  )

  it(
    'take over sockets of the host',
    onLoop(async (loop) => {
      const host = createServer({ pauseOnConnect: true })
      await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve))
      using listening = Socket.from(host)
      const raw = new HostSocket()
      await new Promise<void>((resolve) => raw.connect((host.address() as AddressInfo).port, '127.0.0.1', resolve))
      using client = Socket.from(raw)
      const [server] = await loop.sockAccept(listening)
      await loop.sockSendall(server, 'taken over')
      expect((await loop.sockRecv(client, 100)).toString()).toBe('taken over')
      server.close()
    }),
  )
})

describe('sockRecvfrom and sockSendto', () => {
  const any = { localAddr: ['127.0.0.1', 0] as const }

  it(
    'carry datagrams',
    onLoop(async (loop) => {
      using one = await Socket.datagram(any)
      using other = await Socket.datagram(any)
      expect(one.type).toBe('dgram')
      const address = other.getsockname() as [string, number]
      expect(await loop.sockSendto(one, 'hello', address)).toBe(5)
      expect(await loop.sockSendto(one, '', address)).toBe(0)
      expect(await loop.sockSendto(one, 'truncated', address)).toBe(9)
      const [first, from] = await loop.sockRecvfrom(other, 100)
      expect([Buffer.from(first).toString(), from]).toEqual(['hello', one.getsockname()])
      expect((await loop.sockRecvfrom(other, 100))[0].length).toBe(0)
      const buffer = new Uint8Array(5)
      expect((await loop.sockRecvfromInto(other, buffer))[0]).toBe(5)
      expect(Buffer.from(buffer).toString()).toBe('trunc')
      await loop.sockSendto(one, 'again', address)
      expect(await loop.sockRecvfromInto(other, buffer, 2)).toEqual([2, from])
      await expect(loop.sockRecvfromInto(other, buffer, 6)).rejects.toThrow(ValueError)
    }),
  )

  it(
    'work on a connected socket',
    onLoop(async (loop) => {
      using one = await Socket.datagram(any)
      using other = await Socket.datagram(any)
      expect(() => one.getpeername()).toThrow('not connected')
      await loop.sockConnect(one, ['localhost', (other.getsockname() as [string, number])[1]])
      expect(one.getpeername()).toEqual(other.getsockname())
      await loop.sockSendall(one, 'connected')
      expect((await loop.sockRecv(other, 100)).toString()).toBe('connected')
      using third = await Socket.datagram(any)
      await loop.sockConnect(one, third.getsockname())
      await loop.sockSendall(one, 'elsewhere')
      expect((await loop.sockRecv(third, 100)).toString()).toBe('elsewhere')
    }),
  )

  it(
    'leave a datagram to the next call when they are cancelled',
    onLoop(async (loop) => {
      using one = await Socket.datagram(any)
      using other = await Socket.datagram(any)
      const address = other.getsockname() as [string, number]
      const received: number[] = []
      for (let index = 0; index < 50; index++) {
        const receiving = loop.createTask(loop.sockRecvfrom(other, 10))
        if (index % 3 === 0) await new Promise((resolve) => setImmediate(resolve))
        await loop.sockSendto(one, new Uint8Array([index]), address)
        if (index % 2 === 0) await new Promise((resolve) => setImmediate(resolve))
        receiving.cancel()
        await receiving.then(
          ([data]) => received.push(data[0]!),
          () => undefined,
        )
      }
      while (received.length < 50) received.push((await loop.sockRecvfrom(other, 10))[0][0]!)
      expect(received).toEqual(Array.from({ length: 50 }, (_, index) => index))
    }),
  )

  it(
    'tell once of a peer that is not there',
    onLoop(async (loop) => {
      const gone = await Socket.datagram(any)
      const address = gone.getsockname()
      gone.close()
      await letPass()
      using one = await Socket.datagram({ remoteAddr: address as [string, number] })
      await loop.sockSendall(one, 'anybody?')
      const refused = loop.sockRecv(one, 10)
      await expect(refused).rejects.toThrow(expect.objectContaining({ name: 'ConnectionRefusedError' }))
      const receiving = loop.createTask(loop.sockRecv(one, 10))
      await letPass()
      one.close()
      await expect(receiving).rejects.toThrow(expect.objectContaining({ code: 'EBADF' }))
    }),
  )

  it(
    'drop what does not fit, as the system does',
    onLoop(async (loop) => {
      const host = createSocket({ type: 'udp4', recvBufferSize: 4096 })
      await new Promise<void>((resolve) => host.bind(0, '127.0.0.1', resolve))
      const roomBytes = host.getRecvBufferSize()
      using other = Socket.from(host)
      using one = await Socket.datagram(any)
      const count = Math.ceil((2 * roomBytes) / 1000)
      for (let index = 0; index < count; index++) {
        await loop.sockSendto(one, new Uint8Array(1000), other.getsockname() as [string, number])
        await new Promise((resolve) => setImmediate(resolve))
      }
      let receivedBytes = 0
      const receiving = loop.createTask(async () => {
        for (;;) receivedBytes += (await loop.sockRecvfrom(other, 1000))[0].length
      })
      await letPass()
      receiving.cancel()
      await expect(receiving).rejects.toThrow()
      expect(receivedBytes).toBeGreaterThan(0)
      expect(receivedBytes).toBeLessThanOrEqual(roomBytes)
    }),
  )
})

describe('sockSendfile', () => {
  const path = join(tmpdir(), `asyncio-ts-${process.pid}.bin`)
  const content = Buffer.alloc(1_000_003, 'some content ')

  it.each([
    [{}, 0, content.length],
    [{ offset: 10 }, 10, content.length],
    [{ offset: 7, count: 300_000 }, 7, 300_007],
    [{ count: 5 }, 0, 5],
    [{ offset: content.length + 5 }, 0, 0],
  ])('sends a file: %o', (options, begin, end) =>
    onLoop(async (loop) => {
      writeFileSync(path, content)
      const file = await open(path)
      const [client, server] = await pair(loop)
      const receiving = loop.createTask(() => receiveAll(loop, server))
      expect(await loop.sockSendfile(client, file, options)).toBe(end - begin)
      client.close()
      expect((await receiving).equals(content.subarray(begin, end))).toBe(true)
      server.close()
      await file.close()
      rmSync(path)
    })(),
  )

  it(
    'says that there is no sendfile, and what it cannot take',
    onLoop(async (loop) => {
      const [client, server] = await pair(loop)
      const file = { read: () => Promise.reject(new Error('unreadable')) }
      const native = loop.sockSendfile(client, file, { fallback: false })
      await expect(native).rejects.toThrow(SendfileNotAvailableError)
      await expect(loop.sockSendfile(client, file, { offset: -1 })).rejects.toThrow(ValueError)
      await expect(loop.sockSendfile(client, file, { count: 0 })).rejects.toThrow(ValueError)
      await expect(loop.sockSendfile(client, {} as never)).rejects.toThrow(TypeError)
      await expect(loop.sockSendfile(client, file)).rejects.toThrow('unreadable')
      client.close()
      server.close()
    }),
  )
})

describe('a Socket that nobody reads from', () => {
  it(
    'keeps a limited number of empty datagrams',
    onLoop(async (loop) => {
      const receiver = await Socket.datagram({ localAddr: ['127.0.0.1', 0] })
      const address = receiver.getsockname() as [string, number]
      const host = receiver.host as DatagramHost
      const limit = host.getRecvBufferSize() / 512
      for (let n = 0; n < limit + 100; n++) host.emit('message', Buffer.alloc(0), { address: '127.0.0.1', port: 1 })
      let count = 0
      for (;;) {
        const receiving = loop.createTask(loop.sockRecvfrom(receiver, 10))
        for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve))
        if (!receiving.done()) {
          receiving.cancel()
          break
        }
        count++
      }
      expect(count).toBeGreaterThan(0)
      expect(count).toBeLessThanOrEqual(limit)
      expect(address[1]).toBeGreaterThan(0)
      receiver.close()
    }),
  )

  it(
    'keeps as many connections as its backlog says, and closes the others',
    onLoop(async (loop) => {
      const listening = await Socket.listen(['127.0.0.1', 0], { backlog: 2 })
      const clients = Array.from({ length: 5 }, () => Socket.connectable())
      for (const client of clients) await loop.sockConnect(client, listening.getsockname())
      const accepted = [await loop.sockAccept(listening), await loop.sockAccept(listening)]
      const third = loop.createTask(loop.sockAccept(listening))
      const ends = await Promise.all(clients.slice(2).map((client) => loop.sockRecv(client, 1)))
      expect(ends.map((bytes) => bytes.length)).toEqual([0, 0, 0])
      expect(third.done()).toBe(false)
      third.cancel()
      for (const [connection] of accepted) connection.close()
      for (const client of clients) client.close()
      listening.close()
    }),
  )
})

describe('the sock methods', () => {
  it('refuse sockets of the wrong kind', async () => {
    const loop = newEventLoop()
    await loop.runUntilComplete(async () => {
      using listening = await Socket.listen(['127.0.0.1', 0])
      using stream = Socket.connectable()
      using messages = await Socket.datagram({ family: 4 })
      await expect(loop.sockRecv(stream, 1)).rejects.toThrow(expect.objectContaining({ code: 'ENOTCONN' }))
      await expect(loop.sockSendall(listening, 'x')).rejects.toThrow(expect.objectContaining({ code: 'ENOTCONN' }))
      await expect(loop.sockAccept(messages)).rejects.toThrow(expect.objectContaining({ code: 'EINVAL' }))
      await expect(loop.sockRecvfrom(stream, 1)).rejects.toThrow(NotImplementedError)
      await expect(loop.sockRecv({} as Socket, 1)).rejects.toThrow(TypeError)
      await expect(loop.sockRecv(messages, -1)).rejects.toThrow(ValueError)
      expect(() => Socket.from({} as never)).toThrow(TypeError)
      expect(() => Socket.from({ encrypted: true } as never)).toThrow('TLSSocket')
      expect(() => listening.getpeername()).toThrow('not connected')
    })
    loop.close()
  })
})
