import type { ContextValues, Definition, DescribedError, ToWorker } from './messages.ts'
import type { CurrentCall } from './open-call.ts'
import type { WorkerHost } from './worker-host.ts'

export type Fn = (...args: unknown[]) => unknown

/** A call, and its function as it was when the call came: it may be forgotten meanwhile. */
export interface Work {
  readonly message: Extract<ToWorker, readonly ['run' | 'map', ...unknown[]]>
  readonly fn: Fn
}

/** Runs calls, one at a time, in the order in which they come. */
export interface Runner {
  push(work: Work): void
  /** Calls wait until the initializer has run. */
  begin(): void
  abort(number: number): void
}

/** The functions that the worker is made of. Each stands by itself: their texts are what is sent. */
export interface WorkerParts {
  newRunner(host: WorkerHost, parts: WorkerParts): Runner
  loadFunction(host: WorkerHost, definition: Definition): Fn
  openCall(states: Int32Array | null, slot: number, context: ContextValues | undefined): CurrentCall
  describeError(error: unknown): DescribedError
  mapItems(fn: (item: unknown) => unknown, items: readonly unknown[]): unknown
  postResult(host: WorkerHost, value: unknown): void
}
