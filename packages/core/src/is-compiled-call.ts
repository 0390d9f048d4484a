export const COMPILED_CALL = Symbol.for('asyncio-ts.CompiledCall')

/**
 * Tells whether `value` is what a compiled async function has returned, of this copy of core or of another. `isCoroutine`
 * tells whether it can still become a task.
 */
export function isCompiledCall(value: unknown): value is Promise<unknown> {
  return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[COMPILED_CALL] === true
}
