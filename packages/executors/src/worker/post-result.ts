import type { WorkerHost } from './worker-host.ts'

/** Reports the result of a call, or why it cannot be copied. */
export function postResult(host: WorkerHost, value: unknown): void {
  const list =
    typeof value === 'object' && value !== null
      ? (value as Record<symbol, readonly unknown[] | undefined>)[Symbol.for('asyncio-ts.transfer')]
      : undefined
  try {
    if (list === undefined) host.post(['result', value])
    else host.post(['result', (value as { value: unknown }).value], list)
  } catch (error) {
    host.post(['uncopied', error instanceof Error ? error.message : String(error)])
  }
}
