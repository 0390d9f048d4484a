import { runInRootScope } from '@asyncio-ts/core/primitives'
import type { Context } from '@asyncio-ts/core'
import type { BaseEventLoop } from '@asyncio-ts/core/primitives'
import type { Socket } from 'node:net'
import { inHostEvent } from '../transports/in-host-event.ts'
import { DirectRead } from './direct-read.ts'
import type { Receiver } from './direct-read.ts'

/** Who hears of what a socket does, each time in its own context. */
export interface SocketListener {
  readonly _loop: BaseEventLoop
  readonly _context: Context
  _received(data: Uint8Array): void
  _receivedInto(byteCount: number, buffer: Uint8Array): void
  /** Whether it has a buffer to be read into: asked after every read, and most have not. */
  readonly _wantsBuffer: boolean
  _nextBuffer(): Uint8Array | null
  _receivedEof(): void
  /** Whether it wants to hear that something is gone: most writes are of no further interest. */
  readonly _awaitsFlush: boolean
  _flushed(): void
  _failed(error: Error): void
  _closed(): void
}

/** The events of a socket, until the socket is left to somebody else. */
export class SocketEvents implements Receiver {
  readonly #listener: SocketListener
  readonly #socket: Socket

  constructor(listener: SocketListener, socket: Socket) {
    this.#listener = listener
    this.#socket = socket
    socket.on('end', this.#onEnd).on('error', this.#onError).on('close', this.#onClose)
    const read = DirectRead.of(socket)
    if (read === null) socket.on('data', this.#onData)
    else read.attach(this)
    socket.pause()
  }

  /** Listens no longer, and leaves the socket paused. */
  detach(): void {
    const socket = this.#socket
    socket.pause()
    DirectRead.of(socket)?.attach(null)
    socket.off('data', this.#onData).off('end', this.#onEnd).off('error', this.#onError).off('close', this.#onClose)
  }

  receive(byteCount: number, buffer: Uint8Array): void {
    runInRootScope(inContext, this.#listener, receivedInto, byteCount, buffer)
  }

  receiveOwn(data: Uint8Array): void {
    this.#onData(data)
  }

  nextBuffer(): Uint8Array | null {
    return this.#listener._wantsBuffer ? runInRootScope(inContext, this.#listener, nextBuffer) : null
  }

  /** To be called when something that was written is gone. */
  readonly onFlushed = (error?: Error | null): void => {
    if (!error && this.#listener._awaitsFlush) runInRootScope(inContext, this.#listener, flushed)
  }

  readonly #onData = (data: Uint8Array): void => {
    runInRootScope(inContext, this.#listener, received, data)
  }

  readonly #onEnd = (): void => {
    runInRootScope(inContext, this.#listener, receivedEof)
  }

  readonly #onError = (error: Error): void => {
    runInRootScope(inContext, this.#listener, failed, error)
  }

  readonly #onClose = (): void => {
    runInRootScope(inContext, this.#listener, closed)
  }
}

/**
 * Tells a listener in its context, and in no task.
 *
 * The host still has something to tell after the loop is closed: that the socket is gone, that a write has failed.
 */
function inContext<A extends unknown[], R>(
  listener: SocketListener,
  event: (listener: SocketListener, ...args: A) => R,
  ...args: A
): R | null {
  if (listener._loop.isClosed()) return null
  return inHostEvent(listener._loop, listener._context, event, listener, ...args)
}

/** Functions, as one made for each chunk would cost more than the call. */
function received(listener: SocketListener, data: Uint8Array): void {
  listener._received(data)
}

function receivedInto(listener: SocketListener, byteCount: number, buffer: Uint8Array): void {
  listener._receivedInto(byteCount, buffer)
}

function nextBuffer(listener: SocketListener): Uint8Array | null {
  return listener._nextBuffer()
}

function receivedEof(listener: SocketListener): void {
  listener._receivedEof()
}

function flushed(listener: SocketListener): void {
  listener._flushed()
}

function failed(listener: SocketListener, error: Error): void {
  listener._failed(error)
}

function closed(listener: SocketListener): void {
  listener._closed()
}
