import { describe, expect, it } from 'vitest'
import { GaiError, ValueError } from '@asyncio-ts/core'
import { DatagramProtocol, Protocol, Socket } from '../../src/index.ts'
import type { EventLoop } from '../../src/index.ts'
import { onLoop } from '../on-loop.ts'

type Call = (loop: EventLoop, host: string) => PromiseLike<unknown>

/** Every way in which a program names a host. */
const calls: Record<string, Call> = {
  createConnection: (loop, host) => loop.createConnection(() => new Protocol(), host, 1),
  'createConnection from an address': (loop, host) =>
    loop.createConnection(() => new Protocol(), '127.0.0.1', 1, { localAddr: [host, 0] }),
  'the serverHostname of createConnection': (loop, host) =>
    loop.createConnection(() => new Protocol(), '127.0.0.1', 1, { ssl: true, serverHostname: host }),
  createServer: (loop, host) => loop.createServer(() => new Protocol(), host, 0),
  'createServer with several': (loop, host) => loop.createServer(() => new Protocol(), ['127.0.0.1', host], 0),
  'createDatagramEndpoint from an address': (loop, host) =>
    loop.createDatagramEndpoint(() => new DatagramProtocol(), { localAddr: [host, 0] }),
  'createDatagramEndpoint to an address': (loop, host) =>
    loop.createDatagramEndpoint(() => new DatagramProtocol(), { remoteAddr: [host, 1] }),
  getaddrinfo: (loop, host) => loop.getaddrinfo(host, 80),
  getnameinfo: (loop, host) => loop.getnameinfo([host, 80]),
  sockConnect: (loop, host) => loop.sockConnect(Socket.connectable(), [host, 1]),
  'Socket.listen': (_loop, host) => Socket.listen([host, 0]),
}

/** Every way in which a program names a Unix socket. */
const pathCalls: Record<string, Call> = {
  createUnixConnection: (loop, path) => loop.createUnixConnection(() => new Protocol(), path),
  createUnixServer: (loop, path) => loop.createUnixServer(() => new Protocol(), path),
  sockConnect: (loop, path) => loop.sockConnect(Socket.connectable(), path),
  'Socket.listen': (_loop, path) => Socket.listen(path),
}

async function errorOf(call: () => PromiseLike<unknown>): Promise<unknown> {
  try {
    await call()
  } catch (error) {
    return error
  }
  return null
}

describe('the name of a host', () => {
  const bad = {
    'holds a null character': 'localhost\0.evil.example',
    'has a part that is too long': `${'a'.repeat(64)}.example`,
    'has an empty part': 'a..example',
    'is too long': `${'a.'.repeat(130)}example`,
  }
  for (const [what, host] of Object.entries(bad)) {
    it.each(Object.entries(calls))(`that ${what} is refused by %s`, async (_name, call) => {
      await onLoop(async (loop) => {
        expect(await errorOf(() => call(loop, host))).toBeInstanceOf(ValueError)
      })()
    })
  }

  it(
    'that a datagram is sent to is checked as well',
    onLoop(async (loop) => {
      const [transport] = await loop.createDatagramEndpoint(() => new DatagramProtocol(), { family: 4 })
      expect(() => transport.sendto('x', ['localhost\0.evil.example', 1])).toThrow(ValueError)
      transport.abort()
    }),
  )

  it.each(['localhost', 'localhost.', `${'a'.repeat(63)}.invalid`, '::1', '0:0:0:0:0:ffff:127.0.0.1'])(
    'may be %s',
    async (host) => {
      await onLoop(async (loop) => {
        expect(await errorOf(() => loop.getaddrinfo(host, 80))).not.toBeInstanceOf(ValueError)
      })()
    },
  )

  it.each(['getaddrinfo', 'getnameinfo', 'createConnection', 'Socket.listen'])(
    'may not have a scope that is no interface of this machine, in %s',
    async (name) => {
      await onLoop(async (loop) => {
        expect(await errorOf(() => calls[name]!(loop, 'fe80::1%nosuch'))).toBeInstanceOf(GaiError)
      })()
    },
  )
})

describe('the path of a Unix socket', () => {
  it.each(Object.entries(pathCalls))('that holds a null character is refused by %s', async (_name, call) => {
    await onLoop(async (loop) => {
      expect(await errorOf(() => call(loop, '/tmp/a\0b'))).toBeInstanceOf(ValueError)
    })()
  })

  it.each(Object.entries(pathCalls))('that is too long is refused by %s', async (_name, call) => {
    await onLoop(async (loop) => {
      const error = await errorOf(() => call(loop, `/tmp/${'é'.repeat(60)}`))
      expect(error).toMatchObject({ name: 'OSError', code: 'ENAMETOOLONG' })
      expect(String(error)).toContain('AF_UNIX path too long')
    })()
  })
})

describe('getaddrinfo', () => {
  it(
    'refuses kinds of sockets and families that there are not',
    onLoop(async (loop) => {
      const answer = (options: object): Promise<unknown> => errorOf(() => loop.getaddrinfo('127.0.0.1', 80, options))
      expect(await answer({ type: 'seqpacket' })).toMatchObject({ name: 'gaierror', code: 'EAI_SOCKTYPE' })
      expect(await answer({ family: 5 })).toMatchObject({ name: 'gaierror', code: 'EAI_FAMILY' })
    }),
  )
})
