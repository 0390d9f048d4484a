import { coroutine, RuntimeError } from '@asyncio-ts/core'
import { runBody } from '@asyncio-ts/core/primitives'
import type { Coroutine, EventLoop } from '@asyncio-ts/core'

/** An async generator that has begun and not ended. */
export interface OpenAsyncgen {
  readonly generator: AsyncGenerator<unknown, unknown, unknown>
  readonly name: string
  /** How many of its promises are pending: above zero it is running, and cannot be closed. */
  pending: number
}

/**
 * The async generators that were begun on a loop and have not ended.
 *
 * It holds them strongly, as nobody else may: one that was left half-way has a `finally` to run.
 */
export class AsyncgenRegistry {
  readonly #loop: EventLoop
  readonly #open = new Set<OpenAsyncgen>()
  readonly #abandoned = new FinalizationRegistry<OpenAsyncgen>((entry) => this.#closeAbandoned(entry))
  #shutDown = false

  constructor(loop: EventLoop) {
    this.#loop = loop
  }

  /** @param handle - what the program holds: when it is collected, the generator is closed */
  add(entry: OpenAsyncgen, handle: object): void {
    if (this.#shutDown) {
      console.warn(`asynchronous generator ${entry.name} was scheduled after loop.shutdownAsyncgens() call`)
    }
    this.#open.add(entry)
    this.#abandoned.register(handle, entry)
  }

  delete(entry: OpenAsyncgen): void {
    this.#open.delete(entry)
  }

  /** Closes them all at once, waits for their end, and warns of those that begin later. */
  readonly shutdown = coroutine(function* (this: AsyncgenRegistry): Coroutine<void> {
    this.#shutDown = true
    const closing = [...this.#open]
    this.#open.clear()
    // Async code makes the process follow async functions for good: not for the sake of a loop that had no generator.
    if (closing.length === 0) return
    const outcomes = yield* runBody(() => Promise.allSettled(closing.map(close)))
    outcomes.forEach((outcome, index) => {
      if (outcome.status === 'fulfilled') return
      const { generator, name } = closing[index]!
      const message = `an error occurred during closing of asynchronous generator ${name}`
      this.#loop.callExceptionHandler({ message, exception: outcome.reason, asyncgen: generator })
    })
  })

  #closeAbandoned(entry: OpenAsyncgen): void {
    if (this.#open.has(entry) && !this.#loop.isClosed()) this.#loop.createTask(() => entry.generator.return(undefined))
  }
}

/** Runs what is left of a generator's `finally` blocks. */
async function close({ generator, name, pending }: OpenAsyncgen): Promise<void> {
  if (pending > 0) {
    throw new RuntimeError(
      `${name}: asynchronous generator is already running, and cannot be closed: await its next().`,
    )
  }
  await generator.return(undefined)
}
