import type { FromWorker, ToWorker } from './messages.ts'

/** What a worker runs on: a thread's port, or a child's channel to its parent. */
export interface WorkerHost {
  /** The states of the calls; null where memory cannot be shared. */
  readonly states: Int32Array | null
  post(message: FromWorker, transfer?: readonly unknown[]): void
  /** @param unread - called in place of a message that could not be made sense of: a call, the rest is plain */
  receive(listener: (message: ToWorker) => void, unread: (error: unknown) => void): void
  /** Imports a module, with the loaders that the program was started with. */
  load(url: string): Promise<Record<string, unknown>>
  /** A promise for what was printed to be out; null when there is nothing left. */
  flush(): Promise<void> | null
  exit(): void
}
