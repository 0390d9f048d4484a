import { Task } from '@asyncio-ts/core'
import type { CoroutineLike, EventLoop, TaskFactory, TaskOptions } from '@asyncio-ts/core'
import type { KernelLoop } from '@asyncio-ts/core/primitives'

/** Makes tasks: `Task`, or a subclass of it. */
export type TaskConstructor = new (
  coroutine: CoroutineLike<unknown>,
  options?: TaskOptions & { loop?: EventLoop | undefined },
) => Task

/**
 * Makes a task factory whose tasks run their first step inside `createTask`.
 *
 * A task that need not wait is returned done, and was never scheduled.
 *
 * @param constructor - `Task`, or a subclass of it
 * @see https://docs.python.org/3/library/asyncio-task.html#asyncio.create_eager_task_factory
 */
export function createEagerTaskFactory(constructor: TaskConstructor): TaskFactory {
  return (loop, coroutine, options) =>
    new constructor(coroutine, { eagerStart: true, ...options, loop: loop as KernelLoop })
}

/**
 * A task factory whose tasks run their first step inside `createTask`.
 *
 * @example
 * import { eagerTaskFactory } from '@asyncio-ts/tasks'
 * import { getRunningLoop } from '@asyncio-ts/core'
 *
 * const loop = getRunningLoop()
 * loop.setTaskFactory(eagerTaskFactory)
 * console.log(loop.createTask(function* () { return 1 }).done())
 * loop.setTaskFactory(null)
 * @see https://docs.python.org/3/library/asyncio-task.html#asyncio.eager_task_factory
 */
export const eagerTaskFactory: TaskFactory = createEagerTaskFactory(Task)
