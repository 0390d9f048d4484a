import type { KernelTask } from '../contract/kernel.ts'
import type { TaskPart } from '../contract/task-part.ts'

/** What goes on by itself as a part of each task; only tasks that have parts are in it. */
const partsOf = new WeakMap<KernelTask, Set<TaskPart>>()
/** How many parts there are: a program without any never looks. */
let count = 0

export function addPart(task: KernelTask, part: TaskPart): void {
  const parts = partsOf.get(task)
  if (parts === undefined) partsOf.set(task, new Set([part]))
  else parts.add(part)
  count++
}

export function removePart(task: KernelTask, part: TaskPart): void {
  if (partsOf.get(task)?.delete(part) === true) count--
}

/**
 * Passes a cancel on. Parts are reached before what waits for them all, so that they unwind first, as they would under
 * `Promise.all`.
 */
export function cancelParts(task: KernelTask, message?: string, options?: { reason?: unknown }): void {
  if (count === 0) return
  for (const part of [...(partsOf.get(task) ?? [])]) part._deliver(message, options)
}

/** Lets the parts of a task that has ended go on without it. */
export function leaveParts(task: KernelTask): void {
  if (count === 0) return
  const parts = partsOf.get(task)
  if (parts === undefined) return
  partsOf.delete(task)
  count -= parts.size
  for (const part of parts) part._leaveTask()
}
