import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import type { Transport } from '@asyncio-ts/core'
import { Protocol } from '@asyncio-ts/loop'
import { VirtualLoop } from '../src/index.ts'

/** Keeps the thread from doing anything else, as a machine with too much to do does. */
function block(ms: number): void {
  const end = performance.now() + ms
  while (performance.now() < end);
}

async function immediates(count: number): Promise<void> {
  for (let n = 0; n < count; n++) await new Promise((resolve) => setImmediate(resolve))
}

class Peer extends Protocol {
  transport!: Transport
  byteCount = 0
  readonly made: Promise<void>
  readonly lost: Promise<void>
  #made!: () => void
  #lost!: () => void

  constructor() {
    super()
    this.made = new Promise((resolve) => (this.#made = resolve))
    this.lost = new Promise((resolve) => (this.#lost = resolve))
  }

  override connectionMade(transport: unknown): void {
    this.transport = transport as Transport
    this.#made()
  }

  override dataReceived(data: Uint8Array): void {
    this.byteCount += data.length
  }

  override connectionLost(): void {
    this.#lost()
  }
}

async function pairOn(
  loop: VirtualLoop,
  far = new Peer(),
): Promise<{ near: Peer; far: Peer; end: () => Promise<void> }> {
  const server = await loop.createServer(() => far, '127.0.0.1', 0)
  const [, near] = await loop.createConnection(() => new Peer(), ...server.sockets[0]!.getsockname())
  await far.made
  return {
    near,
    far,
    async end() {
      server.close()
      server.abortClients()
      await server.waitClosed()
    },
  }
}

/** Sockets that are none of the loop's. */
async function strangers(): Promise<Socket[]> {
  const sockets: Socket[] = []
  const server = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1')
  await once(client, 'connect')
  while (sockets.length === 0) await immediates(1)
  server.close()
  return [client, ...sockets]
}

describe('a virtual loop on a slow machine', () => {
  it('waits for its own connections, though as many of others have closed since it was made', async () => {
    const others = await strangers()
    const loop = new VirtualLoop({ network: 'real' })
    await loop.runUntilComplete(async () => {
      const { near, far, end } = await pairOn(loop)
      for (const socket of others) socket.destroy()
      await immediates(5)
      // Nothing that the host counts as activity: it looks as if nothing could come any more.
      void immediates(100).then(() => near.transport.abort())
      await far.lost
      await end()
    })
    loop.close()
  })

  it('lets no time pass while bytes are on their way', async () => {
    class Slow extends Peer {
      override dataReceived(data: Uint8Array): void {
        super.dataReceived(data)
        block(15)
      }
    }
    const loop = new VirtualLoop({ network: 'real' })
    await loop.runUntilComplete(async () => {
      const { near, far, end } = await pairOn(loop, new Slow())
      let timeouts = 0
      const timer = loop.callLater(1, () => timeouts++)
      const total = 2_000_000
      near.transport.write(new Uint8Array(total))
      near.transport.close()
      await far.lost
      expect([far.byteCount, timeouts]).toEqual([total, 0])
      timer.cancel()
      await end()
    })
    loop.close()
  })
})
