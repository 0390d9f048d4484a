/** How values, functions and errors appear in messages and in `toString()`: as in Python's `repr`, where that fits. */

const MAX_DEPTH = 3

/** How many `toString` are under way inside one another: a future may well be part of its own result. */
let nested = 0

export const INSPECT = Symbol.for('nodejs.util.inspect.custom')

export function reprOf(value: unknown, depth = 0): string {
  try {
    return describe(value, depth)
    // Swallowed: what is shown in a message must not fail
  } catch {
    return typeof value === 'function' ? '<function>' : '<object>'
  }
}

function describe(value: unknown, depth: number): string {
  if (typeof value === 'string') return `'${value.replace(/[\\']/g, '\\$&').replace(/\n/g, '\\n')}'`
  if (typeof value === 'function') return functionName(value)
  if (typeof value !== 'object' || value === null) return String(value)
  if (value instanceof Error) return `${value.name}(${value.message === '' ? '' : reprOf(value.message)})`
  if (Array.isArray(value)) {
    return depth < MAX_DEPTH ? `[${value.map((v) => reprOf(v, depth + 1)).join(', ')}]` : '[...]'
  }
  if (typeof value.toString !== 'function' || value.toString === Object.prototype.toString || nested >= MAX_DEPTH) {
    return `<${value.constructor?.name ?? 'Object'}>`
  }
  nested++
  try {
    return (value.toString as () => string)()
  } finally {
    nested--
  }
}

export function functionName(fn: unknown): string {
  return (fn as { name?: string }).name || '<anonymous>'
}
