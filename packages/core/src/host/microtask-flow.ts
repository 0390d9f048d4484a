import type { FlowStorage, KernelTask } from '../contract/kernel.ts'
import { asyncHooks } from './async-hooks.ts'
import { runtime } from '../runtime.ts'

/** Taken before a test replaces it. */
const { queueMicrotask } = globalThis as unknown as { queueMicrotask: (callback: () => void) => void }

/** How many rounds of microtasks a task is followed after it began to wait: for what it had set off before. */
const ROUNDS_AFTER_WAIT = 10
/** How many rounds a task is followed that neither waits nor ends: it waits for a promise of the host, as it seems. */
const MAX_ROUNDS = 200

/**
 * Follows tasks through async functions where the host has no AsyncLocalStorage: browsers and some edge runtimes.
 *
 * Microtasks run in the order in which they were queued, and what a microtask queues runs in the next round. So a mark
 * that is queued right before an async function goes on, and that queues itself again in each round, is always followed
 * by the microtasks of that function and of the functions that it returns to, up to the next mark. What comes after a
 * mark belongs to its task.
 *
 * A promise of the host settles in a macrotask of its own: the task is not known there.
 */
export class MicrotaskFlow implements FlowStorage {
  #current: KernelTask | undefined = undefined
  /** How many marks of tasks are queued. */
  #marks = 0
  #lost: WeakRef<KernelTask> | null = null
  #warned = false

  getStore(): KernelTask | undefined {
    return this.#current
  }

  run<A extends unknown[], R>(task: KernelTask | undefined, fn: (...args: A) => R, ...args: A): R {
    this.follow(task)
    return this.enter(task, fn, ...args)
  }

  /** Calls `fn` as a part of `task`, and does not follow what it sets off. */
  enter<A extends unknown[], R>(task: KernelTask | undefined, fn: (...args: A) => R, ...args: A): R {
    const outer = this.#current
    this.#current = task
    try {
      return fn(...args)
    } finally {
      this.#current = outer
    }
  }

  /** Has the microtasks that are queued from now on, up to the next call, belong to `task`. */
  follow(task: KernelTask | undefined): void {
    if (task === undefined) {
      if (this.#marks > 0) queueMicrotask(this.#markNone)
      return
    }
    this.#marks++
    let rounds = 0
    let waiting = 0
    const mark = (): void => {
      this.#current = task
      if (task._state !== 0 || task._waiter !== null) waiting++
      if (++rounds < MAX_ROUNDS && waiting <= ROUNDS_AFTER_WAIT) {
        queueMicrotask(mark)
        return
      }
      this.#marks--
      this.#current = undefined
      if (waiting === 0) this.#lost = new WeakRef(task)
    }
    queueMicrotask(mark)
  }

  /** Says once, at an await of which is not known whose it is, that a task has been lost sight of. */
  noteUnknownAwait(awaited: unknown): void {
    const task = this.#lost?.deref()
    if (this.#warned || task === undefined || task === awaited || task._state !== 0 || task._waiter !== null) return
    this.#warned = true
    console.warn(
      `asyncio-ts cannot follow ${task.getName()} past a promise of the host: this host has no AsyncLocalStorage. A cancel does not reach what the function awaits after it, and currentTask() is null there. Write await wrapFuture(promise) in place of await promise.`,
    )
  }

  readonly #markNone = (): void => {
    this.#current = undefined
    if (this.#marks > 0) queueMicrotask(this.#markNone)
  }
}

/**
 * Has an await of `prototype`'s objects remember in which task it was made, where the host has no AsyncLocalStorage.
 *
 * The engine reads `then` inside the function that awaits, and calls it in a microtask.
 */
export function rememberAwaits(prototype: { then: (...args: never[]) => unknown }): void {
  if (asyncHooks() !== null) return
  const { then } = prototype
  Object.defineProperty(prototype, 'then', {
    configurable: true,
    get() {
      const { follower } = runtime
      const task = follower?.getStore()
      if (task === undefined) return then
      return function (this: unknown, ...args: never[]) {
        return follower!.enter(task, () => then.apply(this, args))
      }
    },
  })
}
