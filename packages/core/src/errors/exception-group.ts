import { ValueError } from './errors.ts'

type ErrorClass<E = unknown> = abstract new (...args: never[]) => E

/** Chooses errors: by class, by one of several classes, or by a predicate. */
export type ErrorCondition = ErrorClass | readonly ErrorClass[] | ((error: unknown) => boolean)

function isClass(value: unknown): value is ErrorClass {
  return typeof value === 'function' && (value === Error || value.prototype instanceof Error)
}

/** Recognised by brand: a member may come from another copy of core. */
function isGroup(error: unknown): error is ExceptionGroup {
  return typeof error === 'object' && error !== null && (error as Partial<ExceptionGroup>)._isExceptionGroup === true
}

function matcher(condition: ErrorCondition): (error: unknown) => boolean {
  if (Array.isArray(condition)) {
    const classes = condition as readonly ErrorClass[]
    return (error) => classes.some((each) => error instanceof each)
  }
  if (isClass(condition)) return (error) => error instanceof condition
  if (typeof condition === 'function') return condition as (error: unknown) => boolean
  throw new TypeError('Give an error class, an array of error classes, or a predicate.')
}

const MAX_LISTED = 3
const MAX_LENGTH = 200

/** How many there are, as in Python, and which are the first: loggers that print the message alone say that much. */
function listOf(errors: readonly unknown[]): string {
  const listed = errors.slice(0, MAX_LISTED).map(describe)
  if (errors.length > MAX_LISTED) listed.push('...')
  return `${errors.length} sub-exception${errors.length === 1 ? '' : 's'}: ${listed.join('; ')}`
}

function describe(error: unknown): string {
  let text = 'an error that cannot be shown'
  try {
    text = String(error)
  } catch (failure) {
    text += ` (${typeof failure})`
  }
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}...` : text
}

/**
 * Several errors at once, as `ExceptionGroup`: what a task group throws.
 *
 * @example
 * try {
 *   await taskGroup(body)
 * } catch (error) {
 *   for (const timeout of matchErrors(error, TimeoutError)) retry(timeout)
 * }
 * @see https://docs.python.org/3/library/exceptions.html#exception-groups
 */
export class ExceptionGroup extends AggregateError {
  override get name(): string {
    return 'ExceptionGroup'
  }

  get code(): 'ERR_ASYNCIO_EXCEPTION_GROUP' {
    return 'ERR_ASYNCIO_EXCEPTION_GROUP'
  }

  /** A plain name: bundlers keep a class with a computed one. */
  get _isExceptionGroup(): true {
    return true
  }

  /** The message without the list of errors that follows it. */
  declare readonly summary: string

  /**
   * @param message - says what failed; the number of errors and the first of them are added to it
   * @param errors - at least one; groups may nest
   * @throws {@link ValueError} when there is none
   */
  constructor(message: string, errors: Iterable<unknown>, options?: ErrorOptions) {
    const members = [...errors]
    super(members, `${message} (${listOf(members)})`)
    Object.defineProperty(this, 'summary', { value: message, configurable: true })
    if (members.length === 0) throw new ValueError('An ExceptionGroup holds at least one error.')
    if (options !== undefined && 'cause' in options) {
      Object.defineProperty(this, 'cause', { value: options.cause, writable: true, configurable: true })
    }
  }

  /** Returns the part of the group, nested as it is, whose errors meet the condition, or `null` when none does. */
  subgroup(condition: ErrorCondition): ExceptionGroup | null {
    return this.split(condition)[0]
  }

  /** Returns the errors that meet the condition and the rest, each nested as they are, each `null` when empty. */
  split(condition: ErrorCondition): [match: ExceptionGroup | null, rest: ExceptionGroup | null] {
    const matches = matcher(condition)
    if (matches(this)) return [this, null]
    const matched: unknown[] = []
    const rest: unknown[] = []
    for (const error of this.errors as unknown[]) {
      if (isGroup(error)) {
        const [inside, outside] = error.split(condition)
        if (inside !== null) matched.push(inside)
        if (outside !== null) rest.push(outside)
      } else if (matches(error)) matched.push(error)
      else rest.push(error)
    }
    return [matched.length > 0 ? this.derive(matched) : null, rest.length > 0 ? this.derive(rest) : null]
  }

  /** Makes a group like this one of other errors. Subclasses override it, and pass {@link summary} on. */
  derive(errors: Iterable<unknown>): ExceptionGroup {
    return new ExceptionGroup(this.summary, errors, { cause: this.cause })
  }
}

/**
 * Returns the errors of a class in what was caught: the error itself, or the members of a group at any depth.
 *
 * It stands for Python's `except*`.
 *
 * @param error - what was caught
 * @param errorClass - the class to look for
 */
export function matchErrors<E>(error: unknown, errorClass: ErrorClass<E>): E[] {
  if (error instanceof errorClass) return [error]
  if (!(error instanceof AggregateError)) return []
  return (error.errors as unknown[]).flatMap((member) => matchErrors(member, errorClass))
}
