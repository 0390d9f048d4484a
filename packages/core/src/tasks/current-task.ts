import type { EventLoop } from '../contract/event-loop.ts'
import type { KernelLoop, KernelTask } from '../contract/kernel.ts'
import { flowTask } from '../host/async-function-task.ts'
import { getRunningLoop } from '../running-loop.ts'
import { runtime } from '../runtime.ts'
import type { Task } from './task.ts'

/**
 * Returns the task that runs the caller, or `null` outside of any task.
 *
 * Known between awaits of async functions as well, where the host has AsyncLocalStorage; elsewhere an async function
 * receives its task as its argument.
 *
 * @param loop - asks for the task of this loop; the running one when absent
 * @see https://docs.python.org/3/library/asyncio-task.html#asyncio.current_task
 */
export function currentTask(loop?: EventLoop): Task | null {
  const task = runtime.task ?? flowTask()
  if (task === null || (loop !== undefined && task._loop !== loop)) return null
  return task as KernelTask as Task
}

/**
 * Returns the tasks of a loop that are not done, the oldest first.
 *
 * @param loop - the running one when absent
 * @see https://docs.python.org/3/library/asyncio-task.html#asyncio.all_tasks
 */
export function allTasks(loop?: EventLoop): Set<Task> {
  const newestFirst: Task[] = []
  const { _firstTask: first } = (loop ?? getRunningLoop()) as KernelLoop
  for (let task = first; task !== null; task = task._next) newestFirst.push(task as Task)
  return new Set(newestFirst.reverse())
}
