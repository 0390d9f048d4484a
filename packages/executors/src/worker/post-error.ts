import type { DescribedError } from './messages.ts'
import type { WorkerHost } from './worker-host.ts'

/** Reports an error; without its fields when the channel cannot carry them. */
export function postError(host: WorkerHost, kind: 'error' | 'broken', error: DescribedError): void {
  try {
    host.post([kind, error])
  } catch {
    // A process copies less than `structuredClone` does: the error matters more than its fields.
    host.post([kind, { ...error, fields: [] }])
  }
}
