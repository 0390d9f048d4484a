import { CancelledError, coroutine, isCoroutine, isFuture, TimeoutError } from '@asyncio-ts/core'
import { isCompiledCall, isPromiseLike, warnOnce } from '@asyncio-ts/core/primitives'
import type { Awaitable, Coroutine, CoroutineObject, Future, Suspension } from '@asyncio-ts/core'
import type { Body } from '@asyncio-ts/core/primitives'
import { checkLimit } from './check-seconds.ts'
import { ensureFuture } from './ensure-future.ts'
import type { Waitable } from './ensure-future.ts'
import { runScopeBody } from './run-scope-body.ts'
import { timeout } from './timeout.ts'
import type { Timeout } from './timeout.ts'
import type { LimitOptions } from './timeout-steps.ts'
import { untilDone } from './until-done.ts'
import { wrapFuture } from './wrap-future.ts'

/** What {@link waitFor} waits for: a function receives the limit, whose `signal` aborts when the time is up. */
type Limited<T> = Awaitable<T> | Coroutine<T> | CoroutineObject<T> | PromiseLike<T> | Body<[limit: Timeout], T>

function* expired<T>(limited: Limited<T>, isAbandoned: boolean): Coroutine<T> {
  const future = ensureFuture(limited as Waitable<T>)
  if (future.done()) return future.result()
  warnOfPromise(limited)
  const cancel = (): void => void future.cancel()
  if (isAbandoned) cancel()
  else yield* untilDone(future, cancel)
  if (future.done() && !future.cancelled()) return future.result()
  throw new TimeoutError('The time limit was exceeded.', { cause: cancelOf(future) })
}

/** The error that ended a cancelled future; that of one which is still unwinding is not known yet. */
function cancelOf(future: Future<unknown>): unknown {
  try {
    return future.done() ? future.exception() : new CancelledError()
  } catch (error) {
    return error
  }
}

function* inline<T>(limited: Limited<T>, limit: Timeout): Coroutine<T> {
  if (isFuture(limited) || isCoroutine(limited) || isCompiledCall(limited)) return yield* limited as CoroutineObject<T>
  if (typeof limited === 'function') return yield* runScopeBody(limited, limit)
  try {
    return yield* wrapFuture(limited as PromiseLike<T>)
  } finally {
    if (limit.expired()) warnOfPromise(limited)
  }
}

/** A promise that is running already cannot be cancelled: whoever gave it may think that it was. */
function warnOfPromise(limited: unknown): void {
  if (isFuture(limited) || isCoroutine(limited) || !isPromiseLike(limited)) return
  warnOnce(
    'waitFor of a promise',
    'waitFor() has given up on a promise, which cannot be cancelled: what makes it goes on. Pass the function, as in ' +
      'waitFor(() => query(3), 0.05), so that its awaits are cancelled, and the signal, as in ' +
      'waitFor(({ signal }) => fetch(url, { signal }), 1).',
    'ASYNCIO_PROMISE_GIVEN_UP',
  )
}

const waitWithLimit = /* @__PURE__ */ coroutine(
  function* <T>(
    limited: Limited<T>,
    seconds: number | null | undefined,
    options: LimitOptions | undefined,
  ): Generator<Suspension, T, unknown> {
    if (typeof seconds === 'number' && seconds <= 0) return yield* expired(limited, options?.abandon === true)
    return yield* timeout(seconds ?? null, (limit) => inline(limited, limit), options)
  },
  { name: 'waitFor' },
)

/**
 * Waits for one thing with a time limit.
 *
 * When the time is up it is cancelled, and its end is waited for: the limit may be exceeded by its clean-up. A result
 * that it returns nevertheless is returned.
 *
 * @param limited - a function, which runs as a part of the calling task and receives the {@link Timeout}; an awaitable
 * or a coroutine. A promise can be given up, but not cancelled: pass the function that makes it
 * @param limit - in seconds; `null` for no limit. With zero or less, what is not done is cancelled without having run
 * @param options.abandon - returns as soon as the time is up, even while the function waits for a promise that nothing
 * can interrupt: see {@link timeout}
 * @returns what is waited for returns
 * @throws TimeoutError when it was cancelled because the time was up
 * @throws TypeError when `limited` cannot be waited for, or `limit` is not a number of seconds
 *
 * @remarks
 * **Cancellation** What is waited for is cancelled too. For what a cancel can reach, see {@link timeout}.
 *
 * **Differences from CPython** A bad argument throws at the call. `signal` and `abandon` are extensions.
 * @example
 * import { sleep, waitFor } from '@asyncio-ts/tasks'
 *
 * console.log(await waitFor(sleep(0.01, 'in time'), 1))
 * console.log(await waitFor(async () => sleep(0.01, 'in time'), 1))
 * @see https://docs.python.org/3/library/asyncio-task.html#asyncio.wait_for
 */
export function waitFor<T>(
  limited: Body<[limit: Timeout], T>,
  limit: number | null | undefined,
  options?: LimitOptions,
): CoroutineObject<T>
export function waitFor<T>(
  limited: Awaitable<T> | Coroutine<T> | CoroutineObject<T>,
  limit: number | null | undefined,
  options?: LimitOptions,
): CoroutineObject<T>
/**
 * @deprecated Pass the function, `waitFor(() => query(3), 0.05)`: a promise is running already and cannot be cancelled,
 * so that only the wait for it ends, and what makes it goes on. This does not concern compiled async functions.
 */
export function waitFor<T>(
  limited: PromiseLike<T>,
  limit: number | null | undefined,
  options?: LimitOptions,
): CoroutineObject<T>
export function waitFor<T>(
  limited: Limited<T>,
  limit: number | null | undefined,
  options?: LimitOptions,
): CoroutineObject<T>
export function waitFor<T>(
  limited: Limited<T>,
  limit: number | null | undefined,
  options?: LimitOptions,
): CoroutineObject<T> {
  checkLimit(limit, 'timeout')
  return waitWithLimit(limited, limit, options) as CoroutineObject<T>
}
