import { isFuture, RuntimeError, ValueError } from '@asyncio-ts/core'
import { BaseEventLoop, isInterruption, runningLoop, setRunningLoop, surfaceCancel } from '@asyncio-ts/core/primitives'
import type * as core from '@asyncio-ts/core'
import type { CallbackOptions, CoroutineObject, Future, Handle, StreamProtocol } from '@asyncio-ts/core'
import type { BaseEventLoopOptions } from '@asyncio-ts/core/primitives'
import { AsyncgenRegistry } from '../asyncgens/asyncgen-registry.ts'
import { Executors } from '../executor/executors.ts'
import type { AddressInfo, AddressInfoOptions, NameFlag } from '../names/address-info.ts'
import type { NameLoop } from '../names/name-loop.ts'
import type { SendableFile } from '../sockets/file-blocks.ts'
import type { SendfileOptions } from '../sockets/sendfile.ts'
import type { SocketLoop } from '../sockets/socket-loop.ts'
import type { Socket } from '../sockets/socket.ts'
import { resourcesOf } from '../transports/open-resources.ts'
import { Parts } from './parts.ts'
import { SignalHandlers } from './signal-handlers.ts'
import type { SignalName } from './signal-handlers.ts'
import { taskOf } from './task-of.ts'
import type { Main } from './task-of.ts'
import { defineUnsupported } from './unsupported.ts'
import type { UnsupportedMethods } from './unsupported.ts'

// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging
export interface EventLoop extends UnsupportedMethods {}

/**
 * The event loop that `run` drives, and that can be driven by hand.
 *
 * JavaScript cannot block: what runs the loop returns a promise, and the process stays alive until it settles.
 *
 * @remarks
 * **Differences from CPython** {@link runForever} and {@link runUntilComplete} return promises.
 * @see https://docs.python.org/3/library/asyncio-eventloop.html
 */
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging
export class EventLoop
  extends BaseEventLoop
  implements core.NetworkLoop, core.SubprocessLoop, core.ExecutorLoop, NameLoop, SocketLoop
{
  readonly #parts = new Parts(this)
  #executors: Executors | null = null
  readonly #signals = new SignalHandlers(this)
  /** The async generators to close; see `asyncgen`. */
  readonly _asyncgens = new AsyncgenRegistry(this)

  /** What a task or a callback threw to end the loop. */
  #interruption: { error: unknown } | null = null

  constructor(options?: BaseEventLoopOptions) {
    super(options)
  }

  /**
   * Runs the loop until {@link stop} is called.
   *
   * @returns a promise that settles when the loop has stopped
   * @throws RuntimeError when the loop is closed or running, or another one is running
   * @throws KeyboardInterrupt or SystemExit when a task or a callback throws one
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.run_forever
   */
  async runForever(): Promise<void> {
    this.#checkCanRun()
    setRunningLoop(this)
    const release = this._host.keepAlive()
    try {
      await new Promise<void>((resolve) => {
        this._start(() => {
          setRunningLoop(null)
          resolve()
        })
      })
    } finally {
      release()
    }
    const interruption = this.#interruption
    this.#interruption = null
    if (interruption !== null) throw interruption.error
  }

  /** What the loop's own connections, pipes and children may still bring. */
  protected _expected(): core.HostActivity {
    return resourcesOf(this).activity
  }

  /** Begins to turn; calls `stopped` once the turn in which {@link stop} was called has ended. */
  protected _start(stopped: () => void): void {
    this._pump.start(stopped)
  }

  override _interrupt(error: unknown): boolean {
    this.#interruption ??= { error }
    this.stop()
    return true
  }

  /**
   * Runs the loop until `main` is done, and returns its result.
   *
   * @param main - a coroutine or a function to run as a task, or anything awaitable
   * @throws RuntimeError when the loop is stopped before, or cannot run
   * @throws TypeError when `main` is nothing that could be awaited
   * @throws ValueError when it is a future of another loop
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.run_until_complete
   */
  async runUntilComplete<T>(main: Main<T>): Promise<T> {
    this.#checkCanRun()
    const future = this.#futureOf(main)
    const stop = (): void => {
      // An error that ends programs has ended the run already. What runs next must not be stopped by it.
      if (future.cancelled() || !isInterruption(future.exception())) this.stop()
    }
    future.addDoneCallback(stop)
    try {
      await this.runForever()
    } finally {
      future.removeDoneCallback(stop)
    }
    if (!future.done()) throw new RuntimeError('Event loop stopped before Future completed.')
    try {
      return future.result()
    } catch (error) {
      throw surfaceCancel(error)
    }
  }

  /**
   * Stops the loop at the end of the current turn. Called before the loop runs, it will run exactly one turn.
   *
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.stop
   */
  stop(): void {
    this._pump.requestStop()
  }

  override close(): void {
    const wasClosed = this.isClosed()
    super.close()
    if (wasClosed) return
    this.#signals.removeAll()
    resourcesOf(this).discard()
    this.#executors?.abandon()
  }

  /**
   * Runs a callback in the next turn; for callbacks of the host.
   *
   * @remarks
   * **Differences from CPython** It is {@link callSoon}: whoever shares memory with the loop also shares its thread.
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.call_soon_threadsafe
   */
  callSoonThreadsafe<A extends unknown[]>(callback: (...args: A) => unknown, ...args: A): Handle
  callSoonThreadsafe<A extends unknown[]>(callback: (...args: A) => unknown, ...args: [...A, CallbackOptions]): Handle
  callSoonThreadsafe(callback: (...args: unknown[]) => unknown, ...args: unknown[]): Handle {
    return this.callSoon(callback, ...args)
  }

  /**
   * Calls `callback(...args)` in a turn of the loop when the process receives a signal.
   *
   * @param signal - a name such as `'SIGTERM'`, or a number
   * @throws TypeError when the callback is no plain function
   * @throws ValueError when there is no such signal
   * @throws RuntimeError when it cannot be caught, or the host has no signals
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.add_signal_handler
   */
  addSignalHandler<A extends unknown[]>(
    signal: SignalName | number,
    callback: (...args: A) => unknown,
    ...args: A
  ): void {
    this._checkClosed()
    this.#signals.add(signal, callback as (...args: never[]) => unknown, args)
  }

  /** Removes the handler of a signal, and returns whether there was one. */
  removeSignalHandler(signal: SignalName | number): boolean {
    return this.#signals.remove(signal)
  }

  /** Whether this loop handles a signal itself. */
  _handlesSignal(signal: SignalName): boolean {
    return this.#signals.has(signal)
  }

  /**
   * Closes the async generators that were begun on this loop and not finished; see `asyncgen`.
   *
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.shutdown_asyncgens
   */
  shutdownAsyncgens(): CoroutineObject<void> {
    return this._asyncgens.shutdown()
  }

  createConnection<P extends StreamProtocol>(
    protocolFactory: () => P,
    host?: string,
    port?: number,
    options?: core.ConnectionOptions,
  ): CoroutineObject<[transport: core.Transport, protocol: P]> {
    return this.#parts.network.createConnection(protocolFactory, host, port, options)
  }

  createServer(
    protocolFactory: () => StreamProtocol,
    host?: string | readonly string[] | null,
    port?: number,
    options?: core.ServerOptions,
  ): CoroutineObject<core.Server<core.Address>> {
    return this.#parts.network.createServer(protocolFactory, host, port, options)
  }

  createUnixConnection<P extends StreamProtocol>(
    protocolFactory: () => P,
    path?: string,
    options?: core.ConnectOptions & { sock?: object | undefined },
  ): CoroutineObject<[transport: core.Transport, protocol: P]> {
    return this.#parts.network.createUnixConnection(protocolFactory, path, options)
  }

  createUnixServer(
    protocolFactory: () => StreamProtocol,
    path?: string,
    options?: core.UnixServerOptions,
  ): CoroutineObject<core.Server<string>> {
    return this.#parts.network.createUnixServer(protocolFactory, path, options)
  }

  connectAcceptedSocket<P extends StreamProtocol>(
    protocolFactory: () => P,
    sock: object,
    options?: core.TlsLimits & { ssl?: core.TlsOptions | undefined },
  ): CoroutineObject<[transport: core.Transport, protocol: P]> {
    return this.#parts.network.connectAcceptedSocket(protocolFactory, sock, options)
  }

  startTls(
    transport: core.BaseTransport,
    protocol: StreamProtocol,
    ssl: core.Ssl,
    options?: core.StartTlsOptions,
  ): CoroutineObject<core.Transport> {
    return this.#parts.network.startTls(transport, protocol, ssl, options)
  }

  connectReadPipe<P extends core.Protocol>(
    protocolFactory: () => P,
    pipe: unknown,
  ): CoroutineObject<[transport: core.ReadTransport, protocol: P]> {
    return this.#parts.pipes.connectReadPipe(protocolFactory, pipe)
  }

  connectWritePipe<P extends core.BaseProtocol>(
    protocolFactory: () => P,
    pipe: unknown,
  ): CoroutineObject<[transport: core.WriteTransport, protocol: P]> {
    return this.#parts.pipes.connectWritePipe(protocolFactory, pipe)
  }

  createDatagramEndpoint<P extends core.DatagramProtocol>(
    protocolFactory: () => P,
    options?: core.DatagramOptions,
  ): CoroutineObject<[transport: core.DatagramTransport, protocol: P]> {
    return this.#parts.datagrams.createDatagramEndpoint(protocolFactory, options)
  }

  getaddrinfo(
    host: string | null | undefined,
    port?: string | number | null,
    options?: AddressInfoOptions,
  ): CoroutineObject<AddressInfo[]> {
    return this.#parts.names.getaddrinfo(host, port, options)
  }

  getnameinfo(sockaddr: core.Address, flags?: readonly NameFlag[]): CoroutineObject<[host: string, service: string]> {
    return this.#parts.names.getnameinfo(sockaddr, flags)
  }

  sendfile(transport: core.BaseTransport, file: SendableFile, options?: SendfileOptions): CoroutineObject<number> {
    return this.#parts.sockets.sendfile(transport, file, options)
  }

  sockConnect(socket: Socket, address: core.SocketAddress): CoroutineObject<void> {
    return this.#parts.sockets.sockConnect(socket, address)
  }

  sockAccept(socket: Socket): CoroutineObject<[connection: Socket, address: core.SocketAddress]> {
    return this.#parts.sockets.sockAccept(socket)
  }

  sockRecv(socket: Socket, maxBytes: number): CoroutineObject<Uint8Array> {
    return this.#parts.sockets.sockRecv(socket, maxBytes)
  }

  sockRecvInto(socket: Socket, buffer: Uint8Array): CoroutineObject<number> {
    return this.#parts.sockets.sockRecvInto(socket, buffer)
  }

  sockSendall(socket: Socket, data: Uint8Array | string): CoroutineObject<void> {
    return this.#parts.sockets.sockSendall(socket, data)
  }

  sockRecvfrom(socket: Socket, maxBytes: number): CoroutineObject<[data: Uint8Array, address: core.Address]> {
    return this.#parts.sockets.sockRecvfrom(socket, maxBytes)
  }

  sockRecvfromInto(
    socket: Socket,
    buffer: Uint8Array,
    maxBytes?: number,
  ): CoroutineObject<[byteCount: number, address: core.Address]> {
    return this.#parts.sockets.sockRecvfromInto(socket, buffer, maxBytes)
  }

  sockSendto(socket: Socket, data: Uint8Array | string, address: core.Address): CoroutineObject<number> {
    return this.#parts.sockets.sockSendto(socket, data, address)
  }

  sockSendfile(socket: Socket, file: SendableFile, options?: SendfileOptions): CoroutineObject<number> {
    return this.#parts.sockets.sockSendfile(socket, file, options)
  }

  subprocessExec<P extends core.SubprocessProtocol>(
    protocolFactory: () => P,
    program: string,
    ...args: readonly string[] | readonly [...string[], core.SubprocessOptions]
  ): CoroutineObject<[transport: core.SubprocessTransport, protocol: P]> {
    return this.#parts.subprocesses.subprocessExec(protocolFactory, program, ...args)
  }

  subprocessShell<P extends core.SubprocessProtocol>(
    protocolFactory: () => P,
    command: string,
    options?: core.SubprocessOptions,
  ): CoroutineObject<[transport: core.SubprocessTransport, protocol: P]> {
    return this.#parts.subprocesses.subprocessShell(protocolFactory, command, options)
  }

  runInExecutor<A extends unknown[], R>(
    executor: core.Executor | null | undefined,
    fn: (...args: A) => R | PromiseLike<R>,
    ...args: A
  ): core.FutureLike<R> {
    return this.#executor.runInExecutor(executor, fn, ...args)
  }

  setDefaultExecutor(executor: core.Executor): void {
    this.#executor.setDefaultExecutor(executor)
  }

  shutdownDefaultExecutor(timeout?: number | null): CoroutineObject<void> {
    return this.#executor.shutdownDefaultExecutor(timeout)
  }

  get #executor(): Executors {
    return (this.#executors ??= new Executors(this))
  }

  #checkCanRun(): void {
    this._checkClosed()
    if (this.isRunning()) throw new RuntimeError('This event loop is already running: await it where it was started.')
    if (runningLoop() !== null) throw new RuntimeError('Cannot run the event loop while another loop is running.')
  }

  #futureOf<T>(main: Main<T>): Future<T> {
    if (isFuture(main)) {
      if (main._loop !== this) {
        throw new ValueError(`${main.toString()} belongs to a different loop: await it where it was made.`)
      }
      return main as unknown as Future<T>
    }
    return taskOf(this, main)
  }
}
defineUnsupported(EventLoop.prototype)

/**
 * Makes a new event loop.
 *
 * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.new_event_loop
 */
export function newEventLoop(options?: BaseEventLoopOptions): EventLoop {
  return new EventLoop(options)
}
