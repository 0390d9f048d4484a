import type { BaseTransport, NetworkLoop, Server, Transport } from '@asyncio-ts/core'
import { Protocol } from '@asyncio-ts/loop'
import { equal, holds, rejects, throws } from './expectations.ts'
import type { LoopCase, TestedLoop } from './tested-loop.ts'

/** Writes down what it hears, and resolves when it is over. */
class Peer extends Protocol {
  transport!: Transport
  text = ''
  byteCount = 0
  readonly heard: string[] = []
  readonly lost: Promise<void>
  #over!: () => void
  keepsOpen = false
  onData: (() => void) | null = null

  constructor() {
    super()
    this.lost = new Promise((resolve) => (this.#over = resolve))
  }

  override connectionMade(transport: BaseTransport): void {
    this.transport = transport as Transport
    this.heard.push('made')
  }

  override dataReceived(data: Uint8Array): void {
    this.byteCount += data.byteLength
    if (data.byteLength < 100) this.text += new TextDecoder().decode(data)
    this.onData?.()
  }

  override eofReceived(): boolean {
    this.heard.push('eof')
    this.onData?.()
    return this.keepsOpen
  }

  override pauseWriting(): void {
    this.heard.push('pause')
  }

  override resumeWriting(): void {
    this.heard.push('resume')
  }

  override connectionLost(error: Error | null): void {
    this.heard.push(error === null ? 'lost' : `lost: ${error.name}`)
    this.#over()
  }
}

/** Gives a body both ends of a connection, and takes everything down. */
async function connected(
  loop: TestedLoop,
  body: (near: Peer, far: Peer, server: Server) => Promise<void>,
): Promise<void> {
  const network = loop as unknown as NetworkLoop
  await loop.runUntilComplete(async () => {
    const far = new Peer()
    const server = await network.createServer(() => far, '127.0.0.1', 0)
    const [host, port] = server.sockets[0]!.getsockname() as [string, number]
    const [transport, near] = await network.createConnection(() => new Peer(), host, port)
    const greeted = loop.createFuture<void>()
    far.onData = () => greeted.setResult()
    transport.write('.')
    await greeted
    far.onData = null
    try {
      await body(near, far, server)
    } finally {
      near.transport.abort()
      server.close()
      await server.waitClosed()
    }
  })
}

export const networkCases: readonly LoopCase[] = [
  {
    title: 'a connection brings bytes across in order, and tells both ends of its end',
    run: (loop) =>
      connected(loop, async (near, far) => {
        near.transport.write('one ')
        near.transport.write(new TextEncoder().encode('two '))
        near.transport.writelines(['three'])
        near.transport.close()
        holds(near.transport.isClosing(), 'a transport that was closed is closing')
        await Promise.all([near.lost, far.lost])
        equal(far.text, '.one two three')
        equal(
          [near.heard, far.heard],
          [
            ['made', 'lost'],
            ['made', 'eof', 'lost'],
          ],
        )
      }),
  },
  {
    title: 'one half can be closed while the other goes on',
    run: (loop) =>
      connected(loop, async (near, far) => {
        far.keepsOpen = true
        near.transport.writeEof()
        throws('RuntimeError', () => near.transport.write('more'))
        const eof = loop.createFuture<void>()
        far.onData = () => eof.setResult()
        await eof
        far.transport.write('answer')
        far.transport.close()
        await Promise.all([near.lost, far.lost])
        equal(near.text, 'answer')
      }),
  },
  {
    title: 'a writer is paused while nobody reads, and everything arrives',
    run: (loop) =>
      connected(loop, async (near, far) => {
        const total = 8 * 1024 * 1024
        far.transport.pauseReading()
        equal(far.transport.isReading(), false)
        near.transport.write(new Uint8Array(total))
        holds(near.heard.includes('pause'), 'the protocol is asked to pause')
        holds(near.transport.getWriteBufferSize() > 0, 'something waits to be sent')
        far.transport.resumeReading()
        near.transport.close()
        await Promise.all([near.lost, far.lost])
        equal(far.byteCount, total + 1)
        equal(near.heard, ['made', 'pause', 'resume', 'lost'])
      }),
  },
  {
    title: 'the names of both ends are known',
    run: (loop) =>
      connected(loop, async (near, far, server) => {
        equal(near.transport.getExtraInfo('peername'), server.sockets[0]!.getsockname())
        equal(far.transport.getExtraInfo('peername'), near.transport.getExtraInfo('sockname'))
        equal(near.transport.getExtraInfo('no such thing', 'default'), 'default')
      }),
  },
  {
    title: 'nobody is reached where nobody listens',
    async run(loop) {
      const network = loop as unknown as NetworkLoop
      await loop.runUntilComplete(async () => {
        const server = await network.createServer(() => new Protocol(), '127.0.0.1', 0)
        const [host, port] = server.sockets[0]!.getsockname() as [string, number]
        equal(server.isServing(), true)
        server.close()
        await server.waitClosed()
        equal([server.isServing(), server.sockets.length], [false, 0])
        await rejects(
          'ConnectionRefusedError',
          network.createConnection(() => new Protocol(), host, port),
        )
      })
    },
  },
]
