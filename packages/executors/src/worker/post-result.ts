import { textOf } from './describe-error.ts'
import { TRANSFER } from './symbols.ts'
import type { WorkerHost } from './worker-host.ts'

/** What the result of a function hands over, and what remains. */
interface Transferred {
  readonly value: unknown
  readonly [TRANSFER]: readonly unknown[]
}

const isTransferred = (value: unknown): value is Transferred =>
  typeof value === 'object' && value !== null && Array.isArray((value as Partial<Transferred>)[TRANSFER])

/** Reports the result of a call, or why it cannot be copied. */
export function postResult(host: WorkerHost, value: unknown): void {
  try {
    if (isTransferred(value)) host.post(['result', value.value], value[TRANSFER])
    else host.post(['result', value])
  } catch (error) {
    host.post(['uncopied', textOf(() => (error as Error).message)])
  }
}
