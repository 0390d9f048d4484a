import type { FromWorker } from './worker/messages.ts'

const KINDS: ReadonlySet<unknown> = new Set<FromWorker[0]>([
  'ready',
  'broken',
  'result',
  'error',
  'uncopied',
  'skipped',
])

/** Whether a message is one of those that the program of a worker sends. */
export function isReport(message: unknown): message is FromWorker {
  return Array.isArray(message) && KINDS.has(message[0])
}
