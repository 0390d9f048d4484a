/** Where the tasks and handles of a loop in debug mode were made. */
const origins = new WeakMap<object, string>()

/** Absent from the standard library's types. */
const stacks = Error as unknown as { stackTraceLimit: number }

const MAX_FRAMES = 10

/** Those of this file, and of the constructor or method that notes where it was called from. */
const INNER_FRAMES = 3

/** The frames of the caller's caller's caller: the code that creates what notes its origin. */
export function stackOf(): string {
  const limit = stacks.stackTraceLimit
  stacks.stackTraceLimit = MAX_FRAMES + INNER_FRAMES
  const { stack = '' } = new Error()
  stacks.stackTraceLimit = limit
  return stack
    .split('\n')
    .slice(1 + INNER_FRAMES)
    .join('\n')
}

export function noteOrigin(made: object): void {
  origins.set(made, stackOf())
}

export function originOf(made: unknown): string | undefined {
  return typeof made === 'object' && made !== null ? origins.get(made) : undefined
}
