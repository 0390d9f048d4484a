import type { CancelTarget, Rebindable } from '../contract/cancel-target.ts'
import { runtime } from '../runtime.ts'
import { currentTask } from './current-task.ts'

/**
 * Returns what a scope that begins now has to cancel: the current task, or the part of it that is running. For authors
 * of scopes.
 *
 * @param scope - told when a call that has just begun, and entered it, is made a task or a part of its own
 * @returns `null` outside of tasks
 */
export function cancelTarget(scope: Rebindable): CancelTarget | null {
  const task = currentTask()
  if (task === null) return null
  const { part, starting } = runtime
  if (starting && starting._task === task) starting._enter(scope)
  return part && part._task === task ? part : task
}

/** To be called when the scope is over. */
export function leaveScope(scope: Rebindable): void {
  const { starting } = runtime
  if (starting) starting._leave(scope)
}
