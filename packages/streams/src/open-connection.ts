import { coroutine } from '@asyncio-ts/core'
import { reprOf } from '@asyncio-ts/core/primitives'
import type {
  ConnectionOptions,
  ConnectOptions,
  Coroutine,
  CoroutineObject,
  NetworkLoop,
  Transport,
} from '@asyncio-ts/core'
import type { KernelLoop } from '@asyncio-ts/core/primitives'
import { ioLoop } from './io-loop.ts'
import { StreamReader } from './stream-reader.ts'
import { StreamReaderProtocol } from './stream-reader-protocol.ts'
import { StreamWriter } from './stream-writer.ts'

/** The two ends of a connection, as it is held on one side. */
export type Streams = [reader: StreamReader, writer: StreamWriter]

/** Options of {@link openConnection}. */
export interface OpenConnectionOptions extends ConnectionOptions {
  /** The limit of the reader, in bytes; 64 KiB when absent. */
  limit?: number | undefined
}

/** Options of {@link openUnixConnection}. */
export interface OpenUnixConnectionOptions extends ConnectOptions {
  /** The limit of the reader, in bytes; 64 KiB when absent. */
  limit?: number | undefined
  /** An open socket of the host to take over in place of a path. */
  sock?: object | undefined
}

/** Where to connect to, in one object. */
export type ConnectionTarget =
  | (OpenConnectionOptions & { host?: string | undefined; port?: number | undefined; path?: undefined })
  | (OpenUnixConnectionOptions & { path: string })

type Connect = (
  loop: NetworkLoop,
  factory: () => StreamReaderProtocol,
) => CoroutineObject<[Transport, StreamReaderProtocol]>

const connect = /* @__PURE__ */ coroutine(function* (
  loop: KernelLoop & NetworkLoop,
  limit: number | undefined,
  connect: Connect,
): Coroutine<Streams> {
  const reader = new StreamReader({ limit, loop })
  const protocol = new StreamReaderProtocol(reader, null, { loop })
  const [transport] = yield* connect(loop, () => protocol)
  return [reader, new StreamWriter(transport, protocol, reader, { loop })]
})

/**
 * Connects to a server, and returns the streams of the connection.
 *
 * @param host - a name or an address; the options may stand in its place, with `host` and `port`, or with the `path` of
 * a Unix socket
 * @param options.limit - the limit of the reader, in bytes
 * @param options.ssl - true, or options of TLS; the certificate is checked against `serverHostname`, or the host
 * @returns the reader and the writer
 * @throws ConnectionRefusedError when nobody listens there
 * @throws GaiError when the name is not known
 * @throws RuntimeError outside of `run`: there are no sockets there
 *
 * @remarks
 * **Cancellation** The attempt is given up, and no socket is left.
 * **Differences from CPython** The options may name a Unix socket.
 * @example
 * import { run } from '@asyncio-ts/loop'
 * import { openConnection, startServer } from '@asyncio-ts/streams'
 *
 * await run(async () => {
 *   await using server = await startServer(async (reader, writer) => {
 *     writer.write(await reader.readline())
 *     writer.close()
 *   }, '127.0.0.1', 0)
 *   const [, port] = server.sockets[0]!.getsockname() as [string, number]
 *   const [reader, writer] = await openConnection('127.0.0.1', port)
 *   writer.write('hello\n')
 *   console.log(new TextDecoder().decode(await reader.readline()))
 *   writer.close()
 *   await writer.waitClosed()
 * })
 * @see https://docs.python.org/3/library/asyncio-stream.html#asyncio.open_connection
 */
export function openConnection(target: ConnectionTarget): CoroutineObject<Streams>
export function openConnection(host?: string, port?: number, options?: OpenConnectionOptions): CoroutineObject<Streams>
export function openConnection(
  first?: string | ConnectionTarget,
  port?: number,
  options?: OpenConnectionOptions,
): CoroutineObject<Streams> {
  if (typeof first === 'object' && first !== null) {
    if (first.path !== undefined) {
      const { path, ...rest } = first
      return openUnixConnection(path, rest)
    }
    const { host, port, path: _path, ...rest } = first
    return openConnection(host, port, rest)
  }
  const { limit, ...rest } = options ?? {}
  return connect(ioLoop('openConnection'), limit, (loop, factory) => loop.createConnection(factory, first, port, rest))
}

/**
 * Connects to a Unix socket, and returns the streams of the connection.
 *
 * @throws FileNotFoundError, ConnectionRefusedError or PermissionError when it cannot be reached
 * @throws RuntimeError outside of `run`: there are no sockets there
 *
 * @remarks
 * **Cancellation** The attempt is given up, and no socket is left.
 * @see https://docs.python.org/3/library/asyncio-stream.html#asyncio.open_unix_connection
 */
export function openUnixConnection(path?: string, options: OpenUnixConnectionOptions = {}): CoroutineObject<Streams> {
  if (path !== undefined && typeof path !== 'string') {
    throw new TypeError(`The path of a Unix socket is a string, got ${reprOf(path)}.`)
  }
  const { limit, ...rest } = options
  return connect(ioLoop('openUnixConnection'), limit, (loop, factory) => loop.createUnixConnection(factory, path, rest))
}
