const toSource = Function.prototype.toString

let nativeSource = ''
void new Promise((resolve) => {
  nativeSource = toSource.call(resolve)
})

/**
 * Tells whether a `then` was called by the engine for an `await`, and not by a program.
 *
 * The engine passes its own pair of resolving functions, from a job of their own. Such a call may be answered at once,
 * and the wait belongs to the task that runs the async function; a callback that a program passes may not be called inside
 * `then`, and observes a future without waiting for it.
 */
export function isAwait(onRejected: unknown): boolean {
  return typeof onRejected === 'function' && toSource.call(onRejected) === nativeSource
}
