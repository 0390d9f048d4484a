import { ConnectionResetError, Future } from '@asyncio-ts/core'
import { InertCoroutine } from '@asyncio-ts/core/primitives'
import type { BaseProtocol, BaseTransport, Coroutine, CoroutineObject, Steps } from '@asyncio-ts/core'
import type { KernelLoop } from '@asyncio-ts/core/primitives'

/** What is done before a {@link Drain} looks at the state of the protocol. */
type Before = () => Steps<void> | undefined

/**
 * A protocol whose writers can wait until their transport takes more.
 *
 * For authors of protocols: `drain` of a StreamWriter waits here.
 */
export class FlowControlProtocol implements BaseProtocol {
  // Invariant DRAIN-1: somebody waits to drain ⇒ the transport has asked for a pause, and the connection stands.
  readonly _loop: KernelLoop
  #isPaused = false
  #isLost = false
  readonly #drains = new Set<Future<void>>()

  constructor(loop: KernelLoop) {
    this._loop = loop
  }

  connectionMade(_transport: BaseTransport): void {
    return undefined
  }

  pauseWriting(): void {
    this.#isPaused = true
  }

  resumeWriting(): void {
    this.#isPaused = false
    for (const drain of this.#drains) if (!drain.done()) drain.setResult()
  }

  connectionLost(error: Error | null): void {
    this.#isLost = true
    for (const drain of this.#drains) {
      if (drain.done()) continue
      if (error === null) drain.setResult()
      else drain.setException(error)
    }
  }

  /** Whether there is nothing to wait for. */
  get _isDrained(): boolean {
    return !this.#isPaused && !this.#isLost
  }

  /** Waits until the transport takes more. Any number of tasks may. */
  *_waitUntilDrained(): Coroutine<void> {
    if (this.#isLost) throw new ConnectionResetError('Connection lost')
    if (!this.#isPaused) return
    const drain = new Future<void>({ loop: this._loop })
    this.#drains.add(drain)
    try {
      yield* drain
    } finally {
      this.#drains.delete(drain)
    }
  }
}

/** What `drain` returns: without a generator where nothing is to be waited for. */
export class Drain extends InertCoroutine<void> implements CoroutineObject<void> {
  readonly #protocol: FlowControlProtocol
  readonly #before: Before

  /** @param before - throws when there is no sense in waiting, or hands out what comes before it */
  constructor(protocol: FlowControlProtocol, before: Before) {
    super()
    this.#protocol = protocol
    this.#before = before
  }

  override get _name(): string {
    return 'drain'
  }

  protected override begin(): Steps<void> | undefined {
    const before = this.#before()
    if (before !== undefined) return this.#after(before)
    return this.#protocol._isDrained ? undefined : this.#protocol._waitUntilDrained()
  }

  *#after(before: Steps<void>): Coroutine<void> {
    yield* before
    yield* this.#protocol._waitUntilDrained()
  }
}
