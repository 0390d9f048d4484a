/**
 * Yielded by a coroutine that resumes when a native promise is settled.
 *
 * The promise is the task's own async code, a body given to `timeout` or `taskGroup`: the awaits inside it are waits
 * of the task, so the task may not appear to wait for anything besides them.
 */
export class NativeWait {
  readonly promise: PromiseLike<unknown>
  /** What the promise was fulfilled with, from the moment the coroutine resumes. */
  value: unknown = undefined
  /** Recognised by brand: the task that drives the coroutine may belong to another copy of core. */
  readonly _native = true

  constructor(promise: PromiseLike<unknown>) {
    this.promise = promise
  }
}

export function isNativeWait(value: unknown): value is NativeWait {
  return typeof value === 'object' && value !== null && (value as Partial<NativeWait>)._native === true
}
