import { NotImplementedError, OSError, ValueError } from '@asyncio-ts/core'
import { reprOf } from '@asyncio-ts/core/primitives'
import type { Address, Coroutine, DatagramOptions } from '@asyncio-ts/core'
import type { BaseEventLoop } from '@asyncio-ts/core/primitives'
import type { Socket } from 'node:dgram'
import { builtin } from '../builtin.ts'
import { checkAddress } from '../names/check-address.ts'
import { DatagramSocket } from './datagram-socket.ts'
import { getaddrinfo } from '../names/getaddrinfo.ts'
import { detached, isSocket } from '../is-socket.ts'

/** The two ends of an endpoint in one family of addresses. */
interface Ends {
  readonly family: 4 | 6
  readonly local: Address | null
  readonly remote: Address | null
}

/** An open socket, and where it sends to. */
export interface DatagramEnds {
  readonly socket: DatagramSocket
  readonly remote: Address | null
}

/**
 * Opens a datagram socket, or takes over the caller's.
 *
 * @remarks
 * **Cancellation** The socket is closed.
 */
export function* openDatagramSocket(loop: BaseEventLoop, options: DatagramOptions): Coroutine<DatagramEnds> {
  return options.sock ? yield* adopt(loop, options) : yield* open(loop, options)
}

/** Takes over a socket of the caller's, and binds it if it is not bound. */
function* adopt(loop: BaseEventLoop, options: DatagramOptions): Coroutine<DatagramEnds> {
  const { sock: given, ...others } = options
  const sock = isSocket(given) ? given.host : given
  if (!(sock instanceof builtin('node:dgram').Socket)) {
    throw new ValueError(`A UDP Socket was expected, got ${reprOf(sock)}: give a dgram.Socket.`)
  }
  const problems = Object.entries(others).filter(([, value]) => Boolean(value))
  if (problems.length > 0) {
    const names = problems.map(([name, value]) => `${name}=${reprOf(value)}`).join(', ')
    throw new ValueError(`socket modifier keyword arguments can not be used when sock is specified. (${names})`)
  }
  const socket = new DatagramSocket(detached(given) as Socket)
  if (socket.sockname === null) yield* closedUnless(socket, socket.bind(loop, null))
  return { socket, remote: null }
}

/** Opens a socket in the first family of addresses in which it can be done. */
function* open(loop: BaseEventLoop, options: DatagramOptions): Coroutine<DatagramEnds> {
  const choices = yield* choicesOf(loop, options)
  let failure: OSError | null = null
  for (const choice of choices) {
    try {
      return yield* openOne(loop, choice, options)
    } catch (error) {
      if (!(error instanceof OSError)) throw error
      failure ??= error
    }
  }
  throw failure!
}

function* openOne(loop: BaseEventLoop, ends: Ends, options: DatagramOptions): Coroutine<DatagramEnds> {
  const { family, local, remote } = ends
  const socket = DatagramSocket.make({ family, reusePort: options.reusePort })
  function* prepare(): Coroutine<void> {
    yield* socket.bind(loop, local)
    if (options.allowBroadcast) socket.host.setBroadcast(true)
    else if (remote !== null) yield* socket.connect(loop, remote)
  }
  yield* closedUnless(socket, prepare())
  return { socket, remote }
}

/** Runs `steps`, and closes the socket when they fail or are cancelled. */
function* closedUnless(socket: DatagramSocket, steps: Coroutine<void>): Coroutine<void> {
  let isDone = false
  try {
    yield* steps
    isDone = true
  } finally {
    if (!isDone) socket.close()
  }
}

function* choicesOf(loop: BaseEventLoop, options: DatagramOptions): Coroutine<Ends[]> {
  const { localAddr, remoteAddr, family = 0 } = options
  const ends: [Address | null, Address | null] = [checkEnd(localAddr), checkEnd(remoteAddr)]
  if (ends[0] === null && ends[1] === null) {
    if (family === 0) throw new ValueError('unexpected address family: give an address, or a family.')
    return [{ family, local: null, remote: null }]
  }
  const found = new Map<4 | 6, [Address | null, Address | null]>()
  for (const [index, end] of ends.entries()) {
    if (end === null) continue
    for (const [each, , , , address] of yield* getaddrinfo(loop, end[0], end[1], { family, type: 'dgram' })) {
      const pair = found.get(each) ?? [null, null]
      pair[index] ??= address
      found.set(each, pair)
    }
  }
  const choices = [...found]
    .filter(([, pair]) => pair.every((address, index) => address !== null || ends[index] === null))
    .map(([each, [local, remote]]) => ({ family: each, local, remote }))
  if (choices.length === 0) throw new ValueError('can not get address information: the addresses share no family.')
  return choices
}

function checkEnd(address: unknown): Address | null {
  if (address === undefined || address === null) return null
  if (typeof address !== 'string') return checkAddress(address)
  throw new NotImplementedError('JavaScript hosts have no Unix datagram sockets: give a pair [host, port].')
}
