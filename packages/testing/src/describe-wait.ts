import { Task } from '@asyncio-ts/core'
import { coroutineName, originOf, reprOf } from '@asyncio-ts/core/primitives'
import type { KernelFuture } from '@asyncio-ts/core/primitives'

/** What a place in the queue of a primitive looks like; told by its shape, as there may be several copies of core. */
interface QueuedWaiter {
  _queue?: { owner?: object | null } | null
}

const OF_THE_LIBRARY = /[\\/]node_modules[\\/]|[\\/]packages[\\/]\w+[\\/]src[\\/]|node:internal/

/** Finds what else is known about a future: which timer will end it. */
export type Lookup = (future: KernelFuture) => string | undefined

/** A task, as messages name it. */
export function nameOf(task: Task): string {
  const name = task.getName()
  const code = coroutineName(task.getCoro())
  return code === 'done' || /^(<anonymous>|generator)\(\)$/.test(code) || code === `${name}()`
    ? name
    : `${name} (${code})`
}

/** What a task is parked on, in words. */
export function describeWait(task: Task, lookup?: Lookup): string {
  const waiter = task._waiter
  if (waiter === null) return 'a promise of the host'
  const owner = (waiter as QueuedWaiter)._queue?.owner
  if (owner !== undefined && owner !== null) return reprOf(owner)
  if (waiter instanceof Task) return nameOf(waiter)
  const known = lookup?.(waiter)
  if (known !== undefined) return known
  const text = reprOf(waiter)
  return text.startsWith('<Future pending') ? 'a future' : text
}

/** Where something was made, as lines to append; known in debug mode only. */
export function madeAt(made: object): string {
  const origin = originOf(made)
  if (origin === undefined) return ''
  const frames = origin.split('\n').filter((line) => !OF_THE_LIBRARY.test(line))
  return `\n${(frames.length > 0 ? frames : origin.split('\n')).slice(0, 4).join('\n')}`
}
