import { copyContext } from '@asyncio-ts/core'
import type { ContextValues } from './worker/messages.ts'

const IN_CONTEXT = Symbol.for('asyncio-ts.inContext')

interface InContext {
  readonly fn: (...args: never[]) => unknown
  readonly context: ContextValues | undefined
}

/**
 * Returns `fn` with the values that the caller's context variables have now, as far as they can be copied.
 *
 * An executor that knows nothing of it sees a function that calls `fn`.
 */
export function inContext<A extends unknown[], R>(fn: (...args: A) => R): (...args: A) => R {
  const context = copiedValues()
  if (context === undefined) return fn
  const wrapped = (...args: A): R => fn(...args)
  Object.defineProperty(wrapped, IN_CONTEXT, { value: { fn, context } satisfies InContext })
  return wrapped
}

/** Takes apart what {@link inContext} put together. */
export function splitContext(fn: (...args: never[]) => unknown): InContext {
  return (fn as unknown as Record<symbol, InContext | undefined> | null)?.[IN_CONTEXT] ?? { fn, context: undefined }
}

/** By name, since a worker has variables of its own; if two have the same name, neither is sent. */
function copiedValues(): ContextValues | undefined {
  const values = new Map<string, unknown>()
  const ambiguous = new Set<string>()
  for (const [variable, value] of copyContext()) {
    if (values.has(variable.name)) ambiguous.add(variable.name)
    const copy = tryToCopy(value)
    if (copy !== undefined) values.set(variable.name, copy.value)
  }
  for (const name of ambiguous) values.delete(name)
  return values.size === 0 ? undefined : values
}

function tryToCopy(value: unknown): { value: unknown } | undefined {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function' && typeof value !== 'symbol')) {
    return { value }
  }
  try {
    return { value: structuredClone(value) }
  } catch (error) {
    if ((error as Error).name === 'DataCloneError') return undefined
    throw error
  }
}
