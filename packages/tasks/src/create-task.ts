import { getRunningLoop } from '@asyncio-ts/core'
import type { CoroutineLike, Task, TaskOptions } from '@asyncio-ts/core'

/**
 * Runs a coroutine as a task of the running loop.
 *
 * The first step runs in the next turn, after everything that is ready already. The loop holds the task until it is
 * done.
 *
 * @param coroutine - a coroutine object, a generator object, or a function that returns a generator, a promise or an
 * awaitable
 * @param options.name - names the task in messages
 * @param options.context - the context to run in; a copy of the caller's when absent
 * @param options.eagerStart - runs the first step inside the call
 * @param options.signal - cancels the task when it aborts
 * @throws TypeError when `coroutine` is a promise: it is running already, so pass the function that makes it
 *
 * @remarks
 * **Cancellation** See {@link Task.cancel}.
 * **Differences from CPython** Functions are accepted; `signal` is an extension.
 * @example
 * import { createTask, sleep } from '@asyncio-ts/tasks'
 *
 * const task = createTask(async () => {
 *   await sleep(0.01)
 *   return 'done'
 * })
 * console.log(await task)
 * @see https://docs.python.org/3/library/asyncio-task.html#asyncio.create_task
 */
export function createTask<T>(coroutine: CoroutineLike<T>, options?: TaskOptions): Task<T> {
  return getRunningLoop().createTask(coroutine, options) as Task<T>
}
