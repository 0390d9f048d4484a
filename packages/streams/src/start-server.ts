import { bindStores, reprOf } from '@asyncio-ts/core/primitives'
import type { Address, CoroutineObject, NetworkLoop, Server, ServerOptions, UnixServerOptions } from '@asyncio-ts/core'
import { ioLoop } from './io-loop.ts'
import { StreamReader } from './stream-reader.ts'
import { StreamReaderProtocol } from './stream-reader-protocol.ts'
import type { ClientConnectedCallback } from './stream-reader-protocol.ts'

/** Options of {@link startServer}. */
export interface StartServerOptions extends ServerOptions {
  /** The limit of each connection's reader, in bytes; 64 KiB when absent. */
  limit?: number | undefined
}

/** Options of {@link startUnixServer}. */
export interface StartUnixServerOptions extends UnixServerOptions {
  /** The limit of each connection's reader, in bytes; 64 KiB when absent. */
  limit?: number | undefined
}

/** Makes the protocol of one connection. */
function factoryOf(callback: ClientConnectedCallback, limit: number | undefined, loop: NetworkLoop) {
  if (typeof callback !== 'function') {
    throw new TypeError(`A server takes a function of a reader and a writer, got ${reprOf(callback)}.`)
  }
  // A bad limit is an error of this call, not of the first connection.
  new StreamReader({ limit, loop })
  const enter = bindStores(<R>(serve: () => R) => serve())
  return (): StreamReaderProtocol => {
    const protocol = new StreamReaderProtocol(new StreamReader({ limit, loop }), callback, { loop })
    protocol._enter = enter
    return protocol
  }
}

/**
 * Starts a server, which calls back for each connection with its streams.
 *
 * A coroutine function, in either spelling, runs as a task. What it throws goes to the loop's exception handler, and
 * the connection is closed; so it is when the task is cancelled.
 *
 * @param clientConnectedCb - gets the reader and the writer, and has to close the writer
 * @param host - one or several; absent, `null` and empty mean every interface
 * @param port - 0 for any that is free
 * @param options.limit - the limit of the readers, in bytes
 * @throws OSError when an address is in use or is not this machine's
 * @throws RuntimeError outside of `run`: there are no sockets there
 *
 * @remarks
 * **Cancellation** Nothing is left listening.
 * @see https://docs.python.org/3/library/asyncio-stream.html#asyncio.start_server
 */
export function startServer(
  clientConnectedCb: ClientConnectedCallback,
  host?: string | readonly string[] | null,
  port?: number,
  options: StartServerOptions = {},
): CoroutineObject<Server<Address>> {
  const { limit, ...rest } = options
  const loop = ioLoop('startServer')
  return loop.createServer(factoryOf(clientConnectedCb, limit, loop), host, port, rest)
}

/**
 * Starts a server on a Unix socket: as {@link startServer}.
 *
 * @param path - where the socket is made; one that a dead server left behind is replaced
 * @see https://docs.python.org/3/library/asyncio-stream.html#asyncio.start_unix_server
 */
export function startUnixServer(
  clientConnectedCb: ClientConnectedCallback,
  path?: string,
  options: StartUnixServerOptions = {},
): CoroutineObject<Server<string>> {
  const { limit, ...rest } = options
  const loop = ioLoop('startUnixServer')
  return loop.createUnixServer(factoryOf(clientConnectedCb, limit, loop), path, rest)
}
