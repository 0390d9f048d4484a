import { coroutine, Future, isCancelled, isCoroutine, isFuture, TimeoutError } from '@asyncio-ts/core'
import { runBody } from '@asyncio-ts/core/primitives'
import type { Coroutine, CoroutineObject, Suspension } from '@asyncio-ts/core'
import type { Body } from '@asyncio-ts/core/primitives'
import { checkLimit } from './check-seconds.ts'
import { ensureFuture } from './ensure-future.ts'
import type { Waitable } from './ensure-future.ts'
import { timeout } from './timeout.ts'
import { wrapFuture } from './wrap-future.ts'

/** Cancels a future and waits until it is done, whatever it does with the cancel. */
function* cancelAndWait(future: Future<unknown>): Coroutine<void> {
  const waiter = new Future<void>({ loop: future.getLoop() })
  const release = (): void => {
    if (!waiter.done()) waiter.setResult()
  }
  future.addDoneCallback(release)
  try {
    future.cancel()
    yield* waiter
  } finally {
    future.removeDoneCallback(release)
  }
}

function* expired<T>(waitable: Waitable<T>): Coroutine<T> {
  const future = ensureFuture(waitable)
  if (future.done()) return future.result()
  yield* cancelAndWait(future)
  try {
    return future.result()
  } catch (error) {
    if (isCancelled(error)) throw new TimeoutError('The time limit was exceeded.', { cause: error })
    throw error
  }
}

function* inline<T>(waitable: Waitable<T>): Coroutine<T> {
  if (isFuture(waitable) || isCoroutine(waitable)) return yield* waitable as CoroutineObject<T>
  if (typeof waitable === 'function') return yield* runBody(waitable as Body<[], T>)
  return yield* wrapFuture(waitable as PromiseLike<T>)
}

const waitWithLimit = coroutine(function* <T>(
  waitable: Waitable<T>,
  limit: number | null | undefined,
): Generator<Suspension, T, unknown> {
  if (typeof limit === 'number' && limit <= 0) return yield* expired(waitable)
  return yield* timeout(limit ?? null, () => inline(waitable))
})

/**
 * Waits for one thing with a time limit.
 *
 * When the time is up it is cancelled, and its end is waited for: the limit may be exceeded by its clean-up. A result
 * that it returns nevertheless is returned.
 *
 * @param waitable - an awaitable, a promise, a coroutine, or a function, which runs as a part of the calling task
 * @param limit - in seconds; `null` for none. With zero or less what is not done is cancelled without having run
 * @throws TimeoutError when it was cancelled because the time was up
 * @throws TypeError when `waitable` cannot be waited for
 *
 * **Cancellation** What is waited for is cancelled too.
 * **Differences from CPython** A bad argument throws at the call.
 * @example
 * import { sleep, waitFor } from '@asyncio-ts/tasks'
 *
 * console.log(await waitFor(sleep(0.01, 'in time'), 1))
 * @see https://docs.python.org/3/library/asyncio-task.html#asyncio.wait_for
 */
export function waitFor<T>(waitable: Waitable<T>, limit: number | null | undefined): CoroutineObject<T> {
  checkLimit(limit, 'timeout')
  return waitWithLimit(waitable, limit) as CoroutineObject<T>
}
