const COROUTINE_FUNCTION = Symbol.for('asyncio-ts.coroutineFunction')

const kinds = [async () => {}, function* () {}, async function* () {}].map(
  (fn) => Object.getPrototypeOf(fn).constructor as new () => unknown,
)

/** Marks a function made by `coroutine`, for this copy of core and for others. */
export function markCoroutineFunction(fn: object): void {
  Object.defineProperty(fn, COROUTINE_FUNCTION, { value: true })
}

/**
 * Tells whether calling `fn` starts, or makes, something that has to be awaited: an async function, a `function*`, or
 * what `coroutine` made.
 *
 * @see https://docs.python.org/3/library/asyncio-task.html#asyncio.iscoroutinefunction
 */
export function isCoroutineFunction(fn: unknown): boolean {
  if (typeof fn !== 'function') return false
  return kinds.some((kind) => fn instanceof kind) || Object.hasOwn(fn, COROUTINE_FUNCTION)
}
