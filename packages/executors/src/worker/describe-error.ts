import type { DescribedError } from './messages.ts'

/** Describes an error in a form that can be copied, with its stack, its causes and its own fields. */
export function describeError(thrown: unknown): DescribedError {
  const describe = (error: unknown, depth: number): DescribedError => {
    const isError = Object.prototype.toString.call(error) === '[object Error]' || error instanceof Error
    const { name, message, stack } = (isError ? error : {}) as Partial<Error>
    const classes: string[] = []
    const fields: Record<string, unknown> = {}
    const errorFields: string[] = []
    for (let type: unknown = isError ? Object.getPrototypeOf(error) : null; type !== null;) {
      const { constructor } = type as { constructor?: { name?: unknown } }
      if (typeof constructor?.name === 'string') classes.push(constructor.name)
      type = Object.getPrototypeOf(type)
    }
    const keep = (key: string, value: unknown): void => {
      if (value instanceof Error && depth < 8) {
        errorFields.push(key)
        fields[key] = describe(value, depth + 1)
        return
      }
      try {
        fields[key] = structuredClone(value)
      } catch (failure) {
        // A field that cannot be copied is left out: the error matters more.
        if ((failure as Error).name !== 'DataCloneError') fields[key] = String(failure)
      }
    }
    if (!isError) keep('value', error)
    else {
      for (const key of new Set([...Object.keys(error as object), 'cause', 'errors', 'code'])) {
        if (key === 'stack' || key === 'message' || !Object.hasOwn(error as object, key)) continue
        keep(key, (error as Record<string, unknown>)[key])
      }
    }
    const text = isError ? String(message) : String(error)
    return { name: name ?? 'Error', message: text, stack, classes, fields, errorFields, isValue: !isError }
  }
  return describe(thrown, 0)
}
