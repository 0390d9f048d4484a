import { ConnectionError, coroutine, RuntimeError } from '@asyncio-ts/core'
import type { BaseProtocol, BaseTransport, Coroutine, Future, Transport } from '@asyncio-ts/core'
import type { BaseEventLoop } from '@asyncio-ts/core/primitives'
import { SendfileNotAvailableError } from '../errors.ts'
import { BaseProtocol as SilentProtocol } from '../transports/protocols.ts'
import { checkFilePart, sendBlocks } from './file-blocks.ts'
import type { FilePart, SendableFile } from './file-blocks.ts'

/** How much of a file is sent, and how. */
export interface SendfileOptions {
  /** Where in the file to begin; its start when absent. */
  offset?: number | undefined
  /** How many bytes to send; all there are when absent. */
  count?: number | null | undefined
  /** Whether the file may be sent by reading and writing, which is all a JavaScript host can do. True when absent. */
  fallback?: boolean | undefined
}

/** A transport that files can be sent through. */
interface FileTransport extends Transport {
  /** While true, writes by anybody else than `sendfile` are refused. */
  _sendingFile: boolean
  /** Whether the protocol has been asked to pause writing. */
  readonly _isWritingPaused: boolean
}

/** @see SocketLoop.sendfile */
export const sendfile = /* @__PURE__ */ coroutine(function* sendfile(
  loop: BaseEventLoop,
  transport: BaseTransport,
  file: SendableFile,
  options: SendfileOptions,
): Coroutine<number> {
  const { offset = 0, count, fallback = true } = options
  if (transport.isClosing()) throw new RuntimeError('Transport is closing')
  const target = transport as Partial<FileTransport> & BaseTransport
  if (target._sendingFile === undefined) {
    throw new RuntimeError(`sendfile is not supported for transport ${transport.constructor.name}.`)
  }
  if (target._sendingFile) throw new RuntimeError('sendfile is already in progress on this transport.')
  const part = checkFilePart(file, offset, count)
  if (!fallback) throw new SendfileNotAvailableError('JavaScript hosts have no sendfile: allow the fallback.')
  return yield* send(loop, target as FileTransport, file, part)
})

function* send(loop: BaseEventLoop, transport: FileTransport, file: SendableFile, part: FilePart): Coroutine<number> {
  const stand = new StandIn(loop, transport)
  transport._sendingFile = true
  try {
    return yield* sendBlocks(loop, file, part, (block) => stand.write(block))
  } finally {
    transport._sendingFile = false
    stand.restore()
  }
}

/** Stands in for the protocol while a file is sent, and waits where the protocol would be asked to pause. */
class StandIn extends SilentProtocol {
  readonly #loop: BaseEventLoop
  readonly #transport: FileTransport
  readonly #protocol: BaseProtocol
  readonly #wasReading: boolean
  /** Whether the protocol was asked to pause before, and has not been told otherwise. */
  readonly #wasPaused: boolean
  #waiter: Future<void> | null = null

  constructor(loop: BaseEventLoop, transport: FileTransport) {
    super()
    this.#loop = loop
    this.#transport = transport
    this.#protocol = transport.getProtocol()
    this.#wasReading = transport.isReading()
    this.#wasPaused = transport._isWritingPaused
    transport.pauseReading()
    transport.setProtocol(this)
  }

  *write(block: Uint8Array): Coroutine<void> {
    const transport = this.#transport
    while (transport._isWritingPaused && !transport.isClosing()) {
      this.#waiter = this.#loop.createFuture<void>()
      yield* this.#waiter
    }
    if (transport.isClosing()) throw new ConnectionError('Connection closed by peer')
    transport._sendingFile = false
    transport.write(block)
    transport._sendingFile = true
  }

  override resumeWriting(): void {
    if (this.#waiter?.done() === false) this.#waiter.setResult()
  }

  override connectionLost(error: Error | null): void {
    if (this.#waiter?.done() === false) {
      this.#waiter.setException(error ?? new ConnectionError('Connection is closed by peer'))
    }
    this.#protocol.connectionLost(error)
  }

  /** Gives the transport back, and tells the protocol what has changed meanwhile. */
  restore(): void {
    const transport = this.#transport
    transport.setProtocol(this.#protocol)
    if (this.#wasReading) transport.resumeReading()
    if (transport.isClosing() || transport._isWritingPaused === this.#wasPaused) return
    if (this.#wasPaused) this.#protocol.resumeWriting()
    else this.#protocol.pauseWriting()
  }
}
