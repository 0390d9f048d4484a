import type { Coroutine, Future } from '@asyncio-ts/core'
import type { BaseEventLoop } from '@asyncio-ts/core/primitives'

/** Those who wait for something to happen to a socket; each looks for itself what it was. */
export class WakeList {
  readonly #waiting = new Set<Future<void>>();

  /** Waits until {@link wake} is called. One that is cancelled takes nothing with it. */
  *wait(loop: BaseEventLoop): Coroutine<void> {
    const future = loop.createFuture<void>()
    this.#waiting.add(future)
    try {
      yield* future
    } finally {
      this.#waiting.delete(future)
    }
  }

  wake(): void {
    for (const future of this.#waiting) if (!future.done()) future.setResult()
  }
}
