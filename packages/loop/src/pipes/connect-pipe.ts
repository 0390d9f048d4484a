import { coroutine } from '@asyncio-ts/core'
import type { BaseProtocol, Coroutine, CoroutineObject, Protocol } from '@asyncio-ts/core'
import type { BaseEventLoop } from '@asyncio-ts/core/primitives'
import { adoptReadable, adoptWritable } from './adopt-pipe.ts'
import { ReadPipeTransport } from './read-pipe-transport.ts'
import { WritePipeTransport } from './write-pipe-transport.ts'

/** Makes a transport, and returns it once its protocol has been told. A caller that is cancelled closes it. */
function* connected<T extends { close(): void }>(
  loop: BaseEventLoop,
  make: (waiter: ReturnType<typeof loop.createFuture<void>>) => T,
): Coroutine<T> {
  const waiter = loop.createFuture<void>()
  const transport = make(waiter)
  let isConnected = false
  try {
    yield* waiter
    isConnected = true
  } finally {
    if (!isConnected) transport.close()
  }
  return transport
}

/** @see NetworkLoop.connectReadPipe */
export const connectReadPipe = /* @__PURE__ */ coroutine(function* connectReadPipe<P extends Protocol>(
  loop: BaseEventLoop,
  protocolFactory: () => P,
  pipe: unknown,
): Coroutine<[ReadPipeTransport, P]> {
  const protocol = protocolFactory()
  const stream = adoptReadable(loop, pipe)
  const transport = yield* connected(loop, (waiter) => new ReadPipeTransport({ loop, stream, protocol, waiter, pipe }))
  return [transport, protocol]
}) as <P extends Protocol>(
  loop: BaseEventLoop,
  protocolFactory: () => P,
  pipe: unknown,
) => CoroutineObject<[ReadPipeTransport, P]>

/** @see NetworkLoop.connectWritePipe */
export const connectWritePipe = /* @__PURE__ */ coroutine(function* connectWritePipe<P extends BaseProtocol>(
  loop: BaseEventLoop,
  protocolFactory: () => P,
  pipe: unknown,
): Coroutine<[WritePipeTransport, P]> {
  const protocol = protocolFactory()
  const stream = adoptWritable(loop, pipe)
  const transport = yield* connected(loop, (waiter) => new WritePipeTransport({ loop, stream, protocol, waiter, pipe }))
  return [transport, protocol]
}) as <P extends BaseProtocol>(
  loop: BaseEventLoop,
  protocolFactory: () => P,
  pipe: unknown,
) => CoroutineObject<[WritePipeTransport, P]>
