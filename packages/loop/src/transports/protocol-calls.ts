import { copyContext } from '@asyncio-ts/core'
import { isInterruption, runInRootScope } from '@asyncio-ts/core/primitives'
import type { BaseTransport } from '@asyncio-ts/core'
import type { BaseEventLoop } from '@asyncio-ts/core/primitives'
import { inHostEvent } from './in-host-event.ts'

/**
 * Calls a protocol from the callbacks of the host.
 *
 * Every call runs in one context, a copy of that in which the transport was made. What a protocol throws goes to the
 * loop's exception handler, and the transport goes on. No task is the current one, whichever of them made the transport
 * or wrote to it: the host would have it so, if its callbacks belong to an async function.
 */
export class ProtocolCalls {
  readonly #loop: BaseEventLoop
  readonly #transport: BaseTransport
  readonly #context = copyContext()
  #entered = false

  constructor(loop: BaseEventLoop, transport: BaseTransport) {
    this.#loop = loop
    this.#transport = transport
  }

  /** Calls `callback(...args)` now, unless the loop is closed: then nobody is left to hear of it. */
  now<A extends unknown[]>(callback: (...args: A) => unknown, ...args: A): void {
    if (this.#loop.isClosed()) return
    // A context cannot be entered twice, while the host may call back inside a call that a protocol makes.
    const isInside = this.#entered
    this.#entered = true
    try {
      if (isInside) callback(...args)
      else runInRootScope(inHostEvent, this.#loop, this.#context, callback as (...args: unknown[]) => unknown, ...args)
    } catch (exception) {
      if (isInterruption(exception)) this.#loop._interrupt(exception)
      else this.report('Exception in a callback of the protocol', exception)
    } finally {
      this.#entered = isInside
    }
  }

  /** Calls `callback(...args)` in the next turn of the loop. */
  soon<A extends unknown[]>(callback: (...args: A) => unknown, ...args: A): void {
    if (this.#loop.isClosed()) return
    this.#loop.callSoon(() => this.now(callback, ...args))
  }

  /** Hands an error to the loop's exception handler. */
  report(message: string, exception: unknown): void {
    const transport = this.#transport
    this.#loop.callExceptionHandler({ message, exception, transport, protocol: transport.getProtocol() })
  }
}
