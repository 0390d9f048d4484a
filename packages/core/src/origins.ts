/** Where the tasks and handles of a loop in debug mode were made. */
const origins = new WeakMap<object, string>()

/** Absent from the standard library's types. */
const stacks = Error as unknown as { stackTraceLimit: number }

const MAX_FRAMES = 10

export function noteOrigin(made: object): void {
  const limit = stacks.stackTraceLimit
  stacks.stackTraceLimit = MAX_FRAMES + 3
  const { stack = '' } = new Error()
  stacks.stackTraceLimit = limit
  origins.set(made, stack.split('\n').slice(3).join('\n'))
}

export function originOf(made: unknown): string | undefined {
  return typeof made === 'object' && made !== null ? origins.get(made) : undefined
}
