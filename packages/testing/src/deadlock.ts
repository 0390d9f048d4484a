import { allTasks, RuntimeError } from '@asyncio-ts/core'
import type { EventLoop, Task } from '@asyncio-ts/core'
import { describeWait, madeAt, nameOf } from './describe-wait.ts'
import type { Lookup } from './describe-wait.ts'

/** A task that waits for ever, and what it waits for. */
export interface WaitingTask {
  readonly task: Task
  readonly waitsFor: string
}

/**
 * Nothing is ready, no timer is set, the host is silent, and the program has not ended.
 *
 * The message names every waiting task and what it waits for, in debug mode also where the task was made.
 */
export class Deadlock extends RuntimeError {
  readonly tasks: readonly WaitingTask[]

  constructor(loop: EventLoop, lookup?: Lookup) {
    const tasks = [...allTasks(loop)].map((task) => ({ task, waitsFor: describeWait(task, lookup) }))
    super(messageOf(tasks))
    this.tasks = tasks
  }
}
Object.defineProperty(Deadlock.prototype, 'name', { value: 'Deadlock' })
Object.defineProperty(Deadlock.prototype, 'code', { value: 'ERR_ASYNCIO_DEADLOCK' })

function messageOf(tasks: readonly WaitingTask[]): string {
  const lines = tasks.map(({ task, waitsFor }) => `  ${nameOf(task)} waits for ${waitsFor}${madeAt(task)}`)
  const who =
    tasks.length === 0 ? 'no task is left' : tasks.length === 1 ? '1 task waits' : `${tasks.length} tasks wait`
  return [`Nothing is ready, no timer is set, and ${who}: nobody is left to go on.`, ...lines].join('\n')
}
