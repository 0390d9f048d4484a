/**
 * Follows tasks through async functions.
 *
 * A generator is stepped by its task, so the task is known. An async function is resumed by the engine; which task
 * it belongs to is kept in an AsyncLocalStorage. The first task of that kind creates it: on Node 20 it makes every
 * later await of the process dearer, so a program of generators never pays for it.
 */
import { asyncHooks } from './async-hooks.ts'
import type { FlowStorage, KernelTask } from '../contract/kernel.ts'
import { runtime } from '../runtime.ts'

function flows(): FlowStorage | null {
  if (runtime.flows === null) {
    const hooks = asyncHooks()
    if (hooks !== null) runtime.flows = new hooks.AsyncLocalStorage()
  }
  return runtime.flows
}

/** Calls `fn` so that the awaits of the async function it starts belong to `task`. */
export function enterFlow<A extends unknown[], R>(task: KernelTask, fn: (...args: A) => R, ...args: A): R {
  const storage = flows()
  return storage === null ? fn(...args) : storage.run(task, fn, ...args)
}

/** The unfinished task whose async function is running, or `null`. */
export function flowTask(): KernelTask | null {
  if (runtime.flows === null) return null
  const task = runtime.flows.getStore()
  return task !== undefined && task._state === 0 ? task : null
}
