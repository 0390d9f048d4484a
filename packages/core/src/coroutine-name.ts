import { functionName } from './repr.ts'

/** How what a task runs appears in messages. */
export function coroutineName(coroutine: unknown): string {
  if (coroutine === null) return 'done'
  if (typeof coroutine === 'function') return `${functionName(coroutine)}()`
  return `${(coroutine as { _name?: string })._name ?? 'generator'}()`
}
