import type { FromWorker, ToWorker } from './messages.ts'

/** What a worker runs on: a thread's port, or a child's channel to its parent. */
export interface WorkerHost {
  /** The states of the calls; null where memory cannot be shared. */
  readonly states: Int32Array | null
  post(message: FromWorker, transfer?: readonly unknown[]): void
  receive(listener: (message: ToWorker) => void): void
  /** `import()`, kept from compilers that would turn it into something else. */
  load(url: string): Promise<Record<string, unknown>>
}
