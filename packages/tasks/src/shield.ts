import { Future } from '@asyncio-ts/core'
import type { KernelFuture } from '@asyncio-ts/core/primitives'
import { ensureFuture } from './ensure-future.ts'
import type { Waitable } from './ensure-future.ts'

function reportLate(inner: Future<unknown>): void {
  if (inner.cancelled()) return
  const exception = inner.exception()
  if (exception === null) return
  const name = exception instanceof Error ? exception.name : 'An'
  inner.getLoop().callExceptionHandler({ message: `${name} exception in shielded future`, exception, future: inner })
}

/**
 * Protects what it waits for from being cancelled with the waiting task.
 *
 * @returns a future with the same outcome; what is done already is returned as it is
 * @throws TypeError when `waitable` cannot be waited for
 *
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
  const inner = ensureFuture(waitable)
  if (inner.done()) return inner
  const outer = new Future<T>({ loop: inner.getLoop() })
  const innerDone = (): void => {
    if (outer.done()) return
    const { _state: state, _value: value } = inner as KernelFuture<T>
    if (state === 1) outer._settle(1, value)
    else if (state === 2) outer._settle(2, inner._takeError())
    else outer.cancel()
  }
  inner.addDoneCallback(innerDone)
  outer.addDoneCallback(() => {
    if (inner.done()) return
    inner.removeDoneCallback(innerDone)
    // However many shields gave up on it, a late error is reported once.
    inner.removeDoneCallback(reportLate)
    inner.addDoneCallback(reportLate)
  })
  return outer
}
