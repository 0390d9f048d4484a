import { reprOf } from './repr.ts'

/** Whether a value is written as options are: `{ cwd: '/' }`. Data of a class, an array or an error is none. */
function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

/**
 * Copies the options that a caller wrote, and none that a prototype holds: one that was polluted would choose them.
 *
 * @param known - the names of all options; any when absent
 * @throws TypeError when they are not written as options, or one of them is unknown
 */
export function ownOptions<O extends object>(options: O, known?: ReadonlySet<string>): O {
  if (!isPlainObject(options)) {
    throw new TypeError(`Options are an object such as { name: value }, got ${reprOf(options)}.`)
  }
  const own = Object.create(null) as Record<string, unknown>
  for (const [name, value] of Object.entries(options)) {
    if (known !== undefined && !known.has(name)) {
      throw new TypeError(`There is no option '${name}'. The options are ${[...known].join(', ')}.`)
    }
    if (value !== undefined) own[name] = value
  }
  return own as O
}

/**
 * Takes apart strings and the options after them: `('ls', '-l', { cwd: '/' })`.
 *
 * What else is no string is left among the strings, to be refused.
 */
export function splitOptions<O extends object>(
  args: readonly string[] | readonly [...string[], O],
): { strings: readonly string[]; options: O | undefined } {
  const last = args.at(-1)
  if (!isPlainObject(last)) return { strings: args as readonly string[], options: undefined }
  return { strings: args.slice(0, -1) as readonly string[], options: last as O }
}
