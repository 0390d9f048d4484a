import { isCancelled } from '@asyncio-ts/core'

/** The forms that both languages print alike; the other half is `text` in interpret.py. */
export function text(value: unknown): string {
  if (value === undefined || value === null) return 'None'
  if (value === true) return 'True'
  if (value === false) return 'False'
  if (value instanceof AggregateError) return `${value.name}(${value.errors.map(text).join(', ')})`
  if (isCancelled(value)) return `CancelledError(${value.message})`
  if (value instanceof Error) return value.name
  if (Array.isArray(value)) return `[${value.map(text).join(', ')}]`
  return String(value)
}
