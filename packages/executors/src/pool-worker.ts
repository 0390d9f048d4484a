import type { Call } from './call.ts'
import type { DescribedError } from './worker/messages.ts'

/** One thread or process, as the pool sees it. It runs its calls one at a time, in the order of {@link send}. */
export interface PoolWorker {
  readonly name: string
  /** Whether it has been started, and its initializer has run. */
  readonly isReady: boolean
  /** How many calls were sent, and not reported on. */
  readonly load: number
  /** How many may be sent at a time. */
  readonly capacity: number
  /** How many calls it has reported on. */
  readonly reports: number

  /** @throws what cannot be copied about the arguments; then nothing has been sent */
  send(call: Call<unknown>): void

  /** Takes back a call. Returns false when it has begun, or may have. */
  withdraw(call: Call<unknown>): boolean

  /** Takes back the call that has waited longest, if there is one that has not begun. */
  withdrawFirst(): Call<unknown> | null

  /** Aborts the signal of a running call. Returns false if it is not running any more. */
  abort(call: Call<unknown>): boolean

  /** The calls that were sent, and neither taken back nor reported on. */
  remaining(): Call<unknown>[]

  /** Ends the worker, by force if it is busy; {@link WorkerEvents.ended} follows. */
  end(): void

  /** Sends a signal, as far as it has a process of its own. */
  signal(signal: 'SIGTERM' | 'SIGKILL'): void
}

/** How a call ended. */
export type Outcome =
  | { readonly kind: 'result'; readonly value: unknown }
  | { readonly kind: 'error'; readonly error: DescribedError }
  /** The result cannot be copied. */
  | { readonly kind: 'uncopied'; readonly reason: string }
  /** The arguments cannot be copied. */
  | { readonly kind: 'unsent'; readonly error: unknown }

/** What a worker tells its pool. */
export interface WorkerEvents {
  /** The initializer failed. */
  broken(worker: PoolWorker, error: DescribedError): void
  /** A call has ended; null where it is one that was taken back. */
  reported(worker: PoolWorker, call: Call<unknown> | null, outcome: Outcome | null): void
  /** The worker has ended. Calls that it has not begun can still be withdrawn. */
  ended(worker: PoolWorker, why: WorkerEnd): void
}

/** Why a worker ended. */
export interface WorkerEnd {
  /** In words: "ended with exit code 3". */
  readonly what: string
  readonly cause: unknown
}
