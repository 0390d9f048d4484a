/**
 * Follows tasks through async functions.
 *
 * A generator is stepped by its task, so the task is known. An async function is resumed by the engine; which task
 * it belongs to is kept in an AsyncLocalStorage. The first task of that kind creates it: on Node 20 it makes every
 * later await of the process dearer, so a program of generators never pays for it. Where there is none, see
 * {@link MicrotaskFlow}.
 */
import { asyncHooks } from './async-hooks.ts'
import type { FlowStorage, KernelLoop, KernelTask } from '../contract/kernel.ts'
import { MicrotaskFlow } from './microtask-flow.ts'
import { runtime } from '../runtime.ts'

function flows(): FlowStorage {
  if (runtime.flows === null) {
    const hooks = asyncHooks()
    runtime.flows = hooks === null ? (runtime.follower = new MicrotaskFlow()) : new hooks.AsyncLocalStorage()
  }
  return runtime.flows
}

/** Calls `fn` so that the awaits of the async function it starts belong to `task`. */
export function enterFlow<A extends unknown[], R>(task: KernelTask, fn: (...args: A) => R, ...args: A): R {
  return flows().run(task, fn, ...args)
}

/** The unfinished task whose async function is running, or `null`. */
export function flowTask(): KernelTask | null {
  if (runtime.flows === null) return null
  const task = runtime.flows.getStore()
  return task !== undefined && task._state === 0 ? task : null
}

/** The open loop of a task that has ended while its async function's calls go on, or `null`. */
export function leftBehindOn(): KernelLoop | null {
  const loop = runtime.flows?.getStore()?._loop
  return loop === undefined || loop.isClosed() ? null : loop
}
