/** The forms that both languages print alike; the other half is `text` in oracle.py. */
export function format(value: unknown): string {
  if (value === null || value === undefined) return 'None'
  if (value === true) return 'True'
  if (value === false) return 'False'
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  if (value instanceof AggregateError) return `${value.name}(${value.errors.map(format).join(', ')})`
  if (value instanceof Error) return `${value.name}(${value.name === 'CancelledError' ? value.message : ''})`
  if (Array.isArray(value)) return `[${value.map(format).join(', ')}]`
  return (value as object).constructor.name
}
