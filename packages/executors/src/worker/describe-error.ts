import type { DescribedError, DescribedField, DescribedValue } from './messages.ts'

/** How many errors are described for one: a chain of causes may be endless. */
const MAX_ERRORS = 100
const MAX_CLASSES = 32
const MAX_DEPTH = 8

/** Described separately, or dangerous: an error with such a field could not be printed. */
const NOT_FIELDS = new Set<PropertyKey>(['name', 'message', 'stack', '__proto__'])

/** Reads something of a thrown value: getters and proxies may throw. */
function attempt<T>(read: () => T, otherwise: T): T {
  try {
    return read()
  } catch {
    return otherwise
  }
}

/** What `read` returns, as text; something general when that is impossible. */
export function textOf(read: () => unknown): string {
  return attempt(() => String(read()), 'something that cannot be shown')
}

const isError = (value: unknown): value is Error =>
  attempt(() => Object.prototype.toString.call(value) === '[object Error]' || value instanceof Error, false)

function classesOf(error: object): string[] {
  const classes: string[] = []
  attempt(() => {
    let type: unknown = Object.getPrototypeOf(error)
    for (let depth = 0; type !== null && depth < MAX_CLASSES; depth++) {
      const { constructor } = type as { constructor?: { name?: unknown } }
      if (typeof constructor?.name === 'string') classes.push(constructor.name)
      type = Object.getPrototypeOf(type)
    }
  }, undefined)
  return classes
}

/** Describes an error in a form that can be copied, with its stack, its causes and its own fields. Never throws. */
export function describeError(thrown: unknown): DescribedError {
  const known = new Map<object, DescribedError>()
  if (isError(thrown)) return describe(thrown, known)
  const value = describeValue(() => thrown, known)
  const fields: DescribedField[] = value[0] === 'lost' ? [] : [['value', value]]
  const message = textOf(() => thrown)
  return { name: 'Error', message, stack: undefined, classes: [], fields, isValue: true }
}

function describe(error: Error, known: Map<object, DescribedError>): DescribedError {
  const found = known.get(error)
  if (found !== undefined) return found
  const classes = classesOf(error)
  const name: unknown = attempt(() => error.name, undefined)
  const stack: unknown = attempt(() => error.stack, undefined)
  const fields: DescribedField[] = []
  const described: DescribedError = {
    name: typeof name === 'string' ? name : (classes[0] ?? 'Error'),
    message: textOf(() => error.message),
    stack: typeof stack === 'string' ? stack : undefined,
    classes,
    fields,
    isValue: false,
  }
  known.set(error, described)
  for (const key of fieldsOf(error)) {
    const value = describeValue(() => (error as unknown as Record<string, unknown>)[key], known)
    // A field that cannot be copied is left out: the error matters more.
    if (value[0] !== 'lost') fields.push([key, value])
  }
  return described
}

function fieldsOf(error: Error): string[] {
  return attempt(() => {
    const hidden = ['cause', 'errors', 'code'].filter((key) => Object.hasOwn(error, key))
    return [...new Set([...Object.keys(error), ...hidden])].filter((key) => !NOT_FIELDS.has(key))
  }, [])
}

function describeValue(read: () => unknown, known: Map<object, DescribedError>, depth = 0): DescribedValue {
  try {
    const value = read()
    if (isError(value)) {
      if (known.size >= MAX_ERRORS && !known.has(value)) return ['lost', 'There are too many errors in one.']
      return ['error', describe(value, known)]
    }
    if (Array.isArray(value) && value.some(isError)) return describeAll(value, known, depth)
    const copied = attempt<DescribedValue | null>(() => ['value', structuredClone(value)], null)
    // An array keeps those of its members that can be copied.
    if (copied === null && Array.isArray(value)) return describeAll(value, known, depth)
    return copied ?? ['lost', `${textOf(() => value)} cannot be copied.`]
  } catch (error) {
    return ['lost', textOf(() => (error as Error).message)]
  }
}

function describeAll(values: readonly unknown[], known: Map<object, DescribedError>, depth: number): DescribedValue {
  if (depth > MAX_DEPTH) return ['lost', 'It is nested too deeply.']
  return ['list', values.map((value) => describeValue(() => value, known, depth + 1))]
}
