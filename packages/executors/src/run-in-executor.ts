import { getRunningLoop } from '@asyncio-ts/core'
import type { Executor, ExecutorLoop, FutureLike } from '@asyncio-ts/core'
import { defaultExecutorOf } from './default-executor.ts'

/**
 * Has `fn(...args)` called by an executor, on the running loop.
 *
 * @param executor - the default executor of the loop when undefined
 * @param fn - for the executors of this package, a self-contained function or what `workerFunction` returns
 * @returns a future for what `fn` returns
 * @throws TypeError when `fn` could not work in a worker
 * @throws RuntimeError when the executor has been shut down
 * @remarks
 * **Cancellation** A call that has not begun never begins. A call that is running sees it in `executorSignal()`; the
 * wait ends at once.
 *
 * **Differences from CPython** It is the loop's method as a function, which works on the ambient loop as well.
 * @example
 * import { runInExecutor } from '@asyncio-ts/executors'
 *
 * console.log(await runInExecutor(undefined, (a: number, b: number) => a + b, 1, 2))
 * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.run_in_executor
 */
export function runInExecutor<A extends unknown[], R>(
  executor: Executor | null | undefined,
  fn: (...args: A) => R | PromiseLike<R>,
  ...args: A
): FutureLike<R> {
  const loop = getRunningLoop() as unknown as Partial<ExecutorLoop>
  if (typeof loop.runInExecutor === 'function') return loop.runInExecutor(executor, fn, ...args)
  return (executor ?? defaultExecutorOf(loop as ExecutorLoop)).submit(fn, ...args)
}
