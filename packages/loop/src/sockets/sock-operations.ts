/** The `sock*` methods of the loop. */
import { coroutine, ValueError } from '@asyncio-ts/core'
import { reprOf } from '@asyncio-ts/core/primitives'
import type { Address, Coroutine, SocketAddress } from '@asyncio-ts/core'
import type { BaseEventLoop } from '@asyncio-ts/core/primitives'
import { checkAddress } from '../names/check-address.ts'
import { getaddrinfo } from '../names/getaddrinfo.ts'
import type { MessageSocket } from './message-socket.ts'
import { Socket } from './socket.ts'
import { StreamSocket } from './stream-socket.ts'

function check(sock: unknown): Socket {
  if (sock instanceof Socket) return sock
  throw new TypeError(`A Socket was expected, got ${reprOf(sock)}: Socket.from() makes one of a socket of the host.`)
}

function checkSize(size: number): number {
  if (Number.isInteger(size) && size >= 0) return size
  throw new ValueError(`The number of bytes is an integer from 0, got ${reprOf(size)}.`)
}

export const sockConnect = /* @__PURE__ */ coroutine(function* sockConnect(
  loop: BaseEventLoop,
  sock: Socket,
  address: SocketAddress,
): Coroutine<void> {
  const socket = check(sock)._connectable()
  if (typeof address !== 'string') checkAddress(address)
  if (socket instanceof StreamSocket) yield* socket.connect(loop, address)
  else yield* socket.connect(loop, yield* resolved(loop, socket, checkAddress(address)))
})

/** The first address of a name, in the family of the socket. */
function* resolved(loop: BaseEventLoop, socket: MessageSocket, [host, port]: Address): Coroutine<Address> {
  const family = socket.host.address().family === 'IPv6' ? 6 : 4
  const [info] = yield* getaddrinfo(loop, host, port, { type: 'dgram', family })
  return info![4]
}

export const sockAccept = /* @__PURE__ */ coroutine(function* sockAccept(
  loop: BaseEventLoop,
  sock: Socket,
): Coroutine<[connection: Socket, address: SocketAddress]> {
  const connection = Socket.from(yield* check(sock)._listening().accept(loop))
  return [connection, connection.getpeername()]
})

export const sockRecv = /* @__PURE__ */ coroutine(function* sockRecv(
  loop: BaseEventLoop,
  sock: Socket,
  maxBytes: number,
): Coroutine<Uint8Array> {
  const socket = check(sock)._connectable()
  checkSize(maxBytes)
  if (socket instanceof StreamSocket) return yield* socket.recv(loop, maxBytes)
  const [data] = yield* socket.recvfrom(loop, maxBytes)
  return data
})

export const sockRecvInto = /* @__PURE__ */ coroutine(function* sockRecvInto(
  loop: BaseEventLoop,
  sock: Socket,
  buffer: Uint8Array,
): Coroutine<number> {
  const data = yield* sockRecv(loop, sock, buffer.byteLength)
  buffer.set(data)
  return data.byteLength
})

export const sockSendall = /* @__PURE__ */ coroutine(function* sockSendall(
  loop: BaseEventLoop,
  sock: Socket,
  data: Uint8Array | string,
): Coroutine<void> {
  const socket = check(sock)._connectable()
  const bytes = typeof data === 'string' ? Buffer.from(data) : data
  if (socket instanceof StreamSocket) yield* socket.sendall(loop, bytes)
  else yield* socket.sendto(loop, bytes)
})

export const sockRecvfrom = /* @__PURE__ */ coroutine(function* sockRecvfrom(
  loop: BaseEventLoop,
  sock: Socket,
  maxBytes: number,
): Coroutine<[data: Uint8Array, address: Address]> {
  return yield* check(sock)._messages().recvfrom(loop, checkSize(maxBytes))
})

export const sockRecvfromInto = /* @__PURE__ */ coroutine(function* sockRecvfromInto(
  loop: BaseEventLoop,
  sock: Socket,
  buffer: Uint8Array,
  maxBytes: number = 0,
): Coroutine<[byteCount: number, address: Address]> {
  if (checkSize(maxBytes) > buffer.byteLength) throw new ValueError('nbytes is greater than the length of the buffer.')
  const size = maxBytes === 0 ? buffer.byteLength : maxBytes
  const [data, address] = yield* check(sock)._messages().recvfrom(loop, size)
  buffer.set(data)
  return [data.byteLength, address]
})

export const sockSendto = /* @__PURE__ */ coroutine(function* sockSendto(
  loop: BaseEventLoop,
  sock: Socket,
  data: Uint8Array | string,
  address: Address,
): Coroutine<number> {
  const bytes = typeof data === 'string' ? Buffer.from(data) : data
  return yield* check(sock)._messages().sendto(loop, bytes, checkAddress(address))
})
