import { coroutine, Future, getEventLoop, isCoroutine } from '@asyncio-ts/core'
import { isGeneratorFunction, isPromiseLike } from '@asyncio-ts/core/primitives'
import type {
  AwaitableLike,
  BaseTransport,
  Coroutine,
  CoroutineLike,
  CoroutineObject,
  EventLoop,
  Protocol,
  Transport,
} from '@asyncio-ts/core'
import type { KernelLoop } from '@asyncio-ts/core/primitives'
import { FlowControlProtocol } from './flow-control-protocol.ts'
import type { StreamReader } from './stream-reader.ts'
import { StreamWriter } from './stream-writer.ts'

/** Called for each connection of a server: a coroutine function in either spelling, or a plain function. */
export type ClientConnectedCallback = (
  reader: StreamReader,
  writer: StreamWriter,
) => Coroutine<unknown> | CoroutineObject<unknown> | AwaitableLike<unknown> | void

/**
 * Feeds what a transport receives to a reader, and gives a server's callback its reader and writer.
 *
 * @see https://docs.python.org/3/library/asyncio-stream.html
 */
export class StreamReaderProtocol extends FlowControlProtocol implements Protocol {
  readonly _reader: StreamReader
  readonly #callback: ClientConnectedCallback | null
  /** How the connection ended; `null` while it stands. */
  #end: { readonly error: Error | null } | null = null
  readonly #closeWaiters = new Set<Future<void>>()
  #transport: BaseTransport | null = null
  /** The task of the callback: held here as long as it runs. */
  #task: Future<unknown> | null = null
  #isEncrypted = false
  /** Calls a server's callback with the AsyncLocalStorage stores that were set where the server was started. */
  _enter: (serve: () => void) => void = (serve) => serve()

  /** @param clientConnectedCb - absent on the client's side */
  constructor(
    reader: StreamReader,
    clientConnectedCb: ClientConnectedCallback | null = null,
    options: { loop?: EventLoop | undefined } = {},
  ) {
    super((options.loop ?? getEventLoop()) as KernelLoop)
    if (clientConnectedCb !== null && typeof clientConnectedCb !== 'function') {
      throw new TypeError('clientConnectedCb is a function that is given a reader and a writer.')
    }
    this._reader = reader
    this.#callback = clientConnectedCb
  }

  /** Whether it serves a connection, rather than having asked for it. */
  get _isServer(): boolean {
    return this.#callback !== null
  }

  override connectionMade(transport: BaseTransport): void {
    this.#transport = transport
    this.#isEncrypted = transport.getExtraInfo('sslcontext') !== undefined
    this._reader.setTransport(transport as Transport)
    if (this.#callback === null) return
    const writer = new StreamWriter(transport as Transport, this, this._reader, { loop: this._loop })
    const callback = this.#callback
    this._enter(() => this.#serve(callback, writer))
  }

  #serve(callback: ClientConnectedCallback, writer: StreamWriter): void {
    const isGenerator = isGeneratorFunction(callback)
    const serve = (): ReturnType<ClientConnectedCallback> => callback(this._reader, writer)
    if (!isGenerator && !isAsyncFunction(callback)) {
      const made = serve()
      if (!isCoroutine(made) && !isPromiseLike(made)) return
      this.#run(isCoroutine(made) ? made : () => made as AwaitableLike<unknown>)
      return
    }
    // Called by the task, so that an async function's awaits belong to it.
    this.#run(isGenerator ? (serve() as Coroutine<unknown>) : (serve as CoroutineLike<unknown>))
  }

  #run(coroutine: CoroutineLike<unknown>): void {
    const task = this._loop.createTask(coroutine) as unknown as Future<unknown>
    this.#task = task
    task.addDoneCallback(() => {
      this.#task = null
      if (task.cancelled()) {
        this.#transport?.close()
        return
      }
      const exception = task.exception()
      if (exception === null) return
      const message = 'Unhandled exception in client_connected_cb'
      this._loop.callExceptionHandler({ message, exception, transport: this.#transport })
      this.#transport?.close()
    })
  }

  /** Goes on with another transport for the same connection. */
  _replaceTransport(transport: Transport): void {
    this.#transport = transport
    this.#isEncrypted = transport.getExtraInfo('sslcontext') !== undefined
    this._reader._replaceTransport(transport)
  }

  override connectionLost(error: Error | null): void {
    if (error === null) this._reader.feedEof()
    else this._reader.setException(error)
    this.#end ??= { error }
    for (const waiter of this.#closeWaiters) {
      if (waiter.done()) continue
      if (error === null) waiter.setResult()
      else waiter.setException(error)
    }
    super.connectionLost(error)
    this.#transport = null
  }

  /** Waits for the end of the connection. Any number of tasks may; one that is cancelled leaves the others alone. */
  _waitClosed(): CoroutineObject<void> {
    return StreamReaderProtocol.#waitClosed.call(this)
  }

  static readonly #waitClosed = /* @__PURE__ */ coroutine(function* (this: StreamReaderProtocol): Coroutine<void> {
    if (this.#end !== null) {
      if (this.#end.error !== null) throw this.#end.error
      return
    }
    const waiter = new Future<void>({ loop: this._loop })
    this.#closeWaiters.add(waiter)
    try {
      yield* waiter
    } finally {
      this.#closeWaiters.delete(waiter)
    }
  })

  dataReceived(data: Uint8Array): void {
    this._reader.feedData(data)
  }

  eofReceived(): boolean {
    this._reader.feedEof()
    // TLS knows no half-closed connection.
    return !this.#isEncrypted
  }

  /** The task that serves the connection, while it runs. */
  get _servingTask(): Future<unknown> | null {
    return this.#task
  }
}

const AsyncFunction = (async () => undefined).constructor

function isAsyncFunction(fn: unknown): boolean {
  return fn instanceof AsyncFunction
}
