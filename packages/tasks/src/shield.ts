import { Future } from '@asyncio-ts/core'
import type { KernelFuture, Runnable } from '@asyncio-ts/core/primitives'
import { ensureFuture } from './ensure-future.ts'
import type { Waitable } from './ensure-future.ts'

/** The futures whose late error is going to be reported: once, however many shields have given them up. */
const givenUp = new WeakSet<KernelFuture>()

/**
 * Reports the error of a future that a shield has given up, unless somebody else retrieves it: those who wait for it as
 * well are woken in the same turn, so that it is known one turn later.
 */
class LateError implements Runnable {
  readonly #inner: KernelFuture
  #othersHaveRun = false

  constructor(inner: KernelFuture) {
    this.#inner = inner
  }

  run(): void {
    const inner = this.#inner
    if (inner._state !== 2 || inner._isRetrieved) return
    if (!this.#othersHaveRun) {
      this.#othersHaveRun = true
      inner._loop._enqueue(this)
      return
    }
    const exception = inner.exception()
    const name = exception instanceof Error ? exception.name : 'An'
    inner._loop.callExceptionHandler({ message: `${name} exception in shielded future`, exception, future: inner })
  }

  toString(): string {
    return 'shield()'
  }
}

/**
 * Protects what it waits for from being cancelled with the waiting task.
 *
 * @returns a future with the same outcome; what is done already is returned as it is
 * @throws TypeError when `waitable` cannot be waited for
 *
 * @remarks
 * **Cancellation** Cancelling the returned future leaves the inner one running; should that fail later, its error goes
 * to the loop's exception handler. When the inner one is cancelled itself, so is the outer.
 * **Differences from CPython** The loop holds a shielded task by itself: no reference need be kept.
 * @example
 * import { createTask, shield, sleep } from '@asyncio-ts/tasks'
 *
 * const save = createTask(sleep(0.01, 'saved'))
 * console.log(await shield(save))
 * @see https://docs.python.org/3/library/asyncio-task.html#asyncio.shield
 */
export function shield<T>(waitable: Waitable<T>): Future<T> {
  const inner = ensureFuture(waitable) as Future<T> & KernelFuture<T>
  if (inner.done()) return inner
  const outer = new Future<T>({ loop: inner.getLoop() })
  const innerDone = (): void => {
    if (outer.done()) return
    const { _state: state, _value: value } = inner
    if (state === 1) outer._settle(1, value)
    else if (state === 2) outer._settle(2, inner._takeError())
    else outer.cancel()
  }
  inner.addDoneCallback(innerDone)
  outer.addDoneCallback(() => {
    if (inner.done()) return
    inner.removeDoneCallback(innerDone)
    if (givenUp.has(inner)) return
    givenUp.add(inner)
    inner._addWaiter(new LateError(inner))
  })
  return outer
}
