import type { ExceptionContext } from '../contract/exception-context.ts'
import { reprOf } from '../repr.ts'

/** Formats the context of an exception handler as CPython logs it: the message, the details, the error. */
export function reportException(context: ExceptionContext): void {
  const { message, exception, sourceTraceback, ...rest } = context
  const lines = [message || 'Unhandled exception in event loop']
  for (const [key, value] of Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1))) {
    lines.push(`${key}: ${typeof value === 'string' ? value : reprOf(value)}`)
  }
  if (sourceTraceback !== undefined) lines.push(`Object created at:\n${sourceTraceback}`)
  if (exception === undefined) console.error(lines.join('\n'))
  else console.error(lines.join('\n') + '\n', exception)
}
