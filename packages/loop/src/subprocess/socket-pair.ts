import { coroutine } from '@asyncio-ts/core'
import { osErrorOf } from '@asyncio-ts/core/primitives'
import type { Coroutine } from '@asyncio-ts/core'
import type { BaseEventLoop } from '@asyncio-ts/core/primitives'
import type { Socket } from 'node:net'
import { builtin } from '../builtin.ts'

/** Two sockets that are connected to each other. */
export interface SocketPair {
  /** Reads what is written to the other one; paused. */
  readonly ours: Socket
  readonly theirs: Socket
}

/** How many bytes the connecting side says to be known by: the name can be seen by other users of the machine. */
const GREETING_BYTES = 32

/**
 * Makes a pair of sockets, which the host has no call for: a server on a name of its own takes one connection.
 *
 * @remarks
 * **Cancellation** Nothing is left behind.
 */
export const makeSocketPair = coroutine(function* makeSocketPair(loop: BaseEventLoop): Coroutine<SocketPair> {
  const { connect, createServer } = builtin('node:net')
  const { path, remove } = newName()
  const greeting = Buffer.from(globalThis.crypto.getRandomValues(new Uint8Array(GREETING_BYTES)))
  const accepted = loop.createFuture<Socket>()
  const fail = (error: unknown): void => {
    if (!accepted.done()) accepted.setException(osErrorOf(error))
  }
  // Set in a callback, which the compiler does not follow.
  let theirs = null as Socket | null
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy())
    socket.once('readable', () => {
      const isTheirs = greeting.equals((socket.read(GREETING_BYTES) as Buffer | null) ?? new Uint8Array())
      if (isTheirs && !accepted.done()) accepted.setResult(socket)
      else socket.destroy()
    })
  })
  server.on('error', fail)
  server.listen(path, () => {
    theirs = connect(path, () => theirs?.write(greeting)).on('error', fail)
  })
  let isMade = false
  try {
    const ours = yield* accepted
    isMade = true
    return { ours, theirs: theirs! }
  } finally {
    server.close()
    remove()
    if (!isMade) {
      theirs?.destroy()
      if (accepted.done() && !accepted.cancelled() && accepted.exception() === null) accepted.result().destroy()
    }
  }
})

/** A name that no file is needed for where there is such a thing: a program may not be allowed to write files. */
function newName(): { path: string; remove: () => void } {
  if (builtin('node:os').platform() === 'linux') {
    return { path: `\0asyncio-ts-${globalThis.crypto.randomUUID()}`, remove: () => undefined }
  }
  const { mkdtempSync, rmSync } = builtin('node:fs')
  const folder = mkdtempSync(builtin('node:path').join(builtin('node:os').tmpdir(), 'asyncio-'))
  return {
    path: builtin('node:path').join(folder, 'pair'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
