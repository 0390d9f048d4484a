import { FlowControlProtocol, StreamReader, StreamWriter } from '@asyncio-ts/streams'
import { coroutine, Future } from '@asyncio-ts/core'
import type {
  BaseTransport,
  Coroutine,
  CoroutineObject,
  ReadTransport,
  SubprocessProtocol,
  SubprocessTransport,
  Transport,
} from '@asyncio-ts/core'
import type { KernelLoop } from '@asyncio-ts/core/primitives'

/** Makes streams of the pipes of a child. */
export class ProcessProtocol extends FlowControlProtocol implements SubprocessProtocol {
  readonly #limit: number | undefined
  readonly #readers = new Map<number, StreamReader>()
  readonly #openPipes = new Set<number>()
  #transport: SubprocessTransport | null = null
  #hasExited = false
  /** How the pipe to the child ended; `null` while it is open. */
  #stdinEnd: { readonly error: Error | null } | null = null
  readonly #stdinWaiters = new Set<Future<void>>()
  stdin: StreamWriter | null = null

  /** @param limit - of the readers, in bytes */
  constructor(loop: KernelLoop, limit: number | undefined) {
    super(loop)
    this.#limit = limit
  }

  get stdout(): StreamReader | null {
    return this.#readers.get(1) ?? null
  }

  get stderr(): StreamReader | null {
    return this.#readers.get(2) ?? null
  }

  override connectionMade(transport: BaseTransport): void {
    const child = (this.#transport = transport as SubprocessTransport)
    for (const fd of [1, 2]) {
      const pipe = child.getPipeTransport(fd)
      if (pipe === null) continue
      const reader = new StreamReader({ limit: this.#limit, loop: this._loop })
      reader.setTransport(pipe as ReadTransport)
      this.#readers.set(fd, reader)
      this.#openPipes.add(fd)
    }
    const stdin = child.getPipeTransport(0)
    if (stdin !== null) this.stdin = new StreamWriter(stdin as Transport, this, null, { loop: this._loop })
  }

  pipeDataReceived(fd: number, data: Uint8Array): void {
    this.#readers.get(fd)?.feedData(data)
  }

  pipeConnectionLost(fd: number, error: Error | null): void {
    if (fd === 0) {
      this.#stdinLost(error)
      return
    }
    const reader = this.#readers.get(fd)
    if (error === null) reader?.feedEof()
    else reader?.setException(error)
    this.#openPipes.delete(fd)
    this.#closeIfOver()
  }

  #stdinLost(error: Error | null): void {
    this.stdin?.close()
    this.connectionLost(error)
    this.#stdinEnd ??= { error }
    for (const waiter of this.#stdinWaiters) {
      if (waiter.done()) continue
      if (error === null) waiter.setResult()
      else waiter.setException(error)
    }
  }

  processExited(): void {
    this.#hasExited = true
    this.#closeIfOver()
  }

  /** Waits until the pipe to the child is closed: `waitClosed` of its writer. */
  _waitClosed(): CoroutineObject<void> {
    return ProcessProtocol.#waitClosed.call(this)
  }

  static readonly #waitClosed = coroutine(function* (this: ProcessProtocol): Coroutine<void> {
    if (this.#stdinEnd !== null) {
      if (this.#stdinEnd.error !== null) throw this.#stdinEnd.error
      return
    }
    const waiter = new Future<void>({ loop: this._loop })
    this.#stdinWaiters.add(waiter)
    try {
      yield* waiter
    } finally {
      this.#stdinWaiters.delete(waiter)
    }
  })

  #closeIfOver(): void {
    if (this.#openPipes.size > 0 || !this.#hasExited) return
    this.#transport?.close()
    this.#transport = null
  }
}
