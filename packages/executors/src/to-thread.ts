import { coroutine } from '@asyncio-ts/core'
import type { CoroutineObject, Suspension } from '@asyncio-ts/core'
import { inContext } from './in-context.ts'
import { runInExecutor } from './run-in-executor.ts'
import { targetOf } from './target.ts'

type Fn = (...args: unknown[]) => unknown

const run = coroutine(function* toThread(fn: Fn, args: unknown[]): Generator<Suspension, unknown, unknown> {
  return yield* runInExecutor(undefined, inContext(fn), ...args)
})

/**
 * Calls `fn(...args)` in a thread of the default executor, while the loop continues to run.
 *
 * The values of context variables are copied along, as far as they can be.
 *
 * @param fn - a function that refers to nothing but its arguments and the globals, or what `workerFunction` returns
 * @param args - copied, as by `structuredClone`, unless you pass them through `transfer`
 * @returns what `fn` returns, copied
 * @throws TypeError at the call when `fn` could not work in a thread, and at the await when an argument or the result
 * cannot be copied
 * @throws BrokenThreadPool when the thread ended before the call did
 * @remarks
 * **Cancellation** A call that has not begun never begins. A call that is running sees it in `executorSignal()`, and
 * continues if it does not look; the wait ends at once.
 *
 * **Differences from CPython** Threads share no variables: a closure is refused.
 * @example
 * import { toThread } from '@asyncio-ts/executors'
 *
 * const primes = await toThread((limit: number) => {
 *   const found: number[] = []
 *   for (let n = 2; n < limit; n++) if (found.every((prime) => n % prime !== 0)) found.push(n)
 *   return found.length
 * }, 1000)
 * console.log(primes)
 * @see https://docs.python.org/3/library/asyncio-task.html#asyncio.to_thread
 */
export function toThread<A extends unknown[], R>(
  fn: (...args: A) => R | PromiseLike<R>,
  ...args: A
): CoroutineObject<R> {
  targetOf(fn)
  return run(fn as Fn, args) as CoroutineObject<R>
}
