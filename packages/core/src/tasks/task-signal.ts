import type { KernelTask } from '../contract/kernel.ts'
import { onAbort } from '../host/on-abort.ts'
import { runtime } from '../runtime.ts'
import type { RareTaskState } from './rare-task-state.ts'

const engine = globalThis as { Bun?: unknown; Deno?: unknown }

/** How many milliseconds an aborted operation may take to reject. Node rejects at once, within the macrotask. */
const ABORT_LAG_MS = engine.Bun === undefined && engine.Deno === undefined ? 0 : 50

/** Absent from engines other than V8. */
const stacks = Error as unknown as {
  stackTraceLimit: number
  captureStackTrace?: (target: object, below: unknown) => void
}

/**
 * The AbortController behind `task.signal`.
 *
 * A foreign promise cannot be thrown into; the signal is the way to interrupt it. An operation of the host that asks
 * the signal why it has aborted rejects with that: the cancel is delivered then, and must not strike a second time at
 * the task's next await. A listener of the program that asks may just as well log it: that counts for nothing.
 */
export function makeTaskController(task: { _mustCancel: boolean }): AbortController {
  const controller = new AbortController()
  const { signal } = controller
  function observe(name: 'aborted' | 'reason'): PropertyDescriptor {
    function get(): unknown {
      const value: unknown = Reflect.get(AbortSignal.prototype, name, signal)
      if (task._mustCancel && Reflect.get(AbortSignal.prototype, 'aborted', signal) === true && isHostAsking(get)) {
        task._mustCancel = false
      }
      return value
    }
    return { configurable: true, get }
  }
  function throwIfAborted(): void {
    if (Reflect.get(AbortSignal.prototype, 'aborted', signal) !== true) return
    task._mustCancel = false
    throw signal.reason
  }
  Object.defineProperties(signal, {
    aborted: observe('aborted'),
    reason: observe('reason'),
    throwIfAborted: { configurable: true, value: throwIfAborted },
  })
  return controller
}

/** Tells whether the caller of `below` is a part of the host, by where its code comes from. */
function isHostAsking(below: unknown): boolean {
  if (stacks.captureStackTrace === undefined) return false
  const holder: { stack?: unknown } = {}
  const limit = stacks.stackTraceLimit
  stacks.stackTraceLimit = 1
  stacks.captureStackTrace(holder, below)
  stacks.stackTraceLimit = limit
  return typeof holder.stack === 'string' && /[( ](?:node|ext):/.test(holder.stack)
}

/** Notes that the signal of a task is about to interrupt its wait for a foreign promise, which may reject at once. */
export function noteAbort(rare: RareTaskState): void {
  rare.abortedAt = runtime.epoch
  rare.abortedAtMs = performance.now()
}

/**
 * Tells whether an aborted operation has delivered the cancel: the task went on right after the abort, so what it
 * waited for was interrupted.
 */
export function wasInterrupted(rare: RareTaskState): boolean {
  if (rare.abortedAt < 0) return false
  const atOnce = rare.abortedAt === runtime.epoch || performance.now() - rare.abortedAtMs < ABORT_LAG_MS
  rare.abortedAt = -1
  return atOnce
}

/** Cancels `task` when `signal` aborts; the returned function removes the listener. */
export function linkSignal(task: KernelTask, signal: AbortSignal): () => void {
  const abort = (): void => {
    const reason: unknown = signal.reason
    task.cancel(reason instanceof Error ? reason.message : undefined, { reason })
  }
  if (signal.aborted) {
    abort()
    return () => undefined
  }
  return onAbort(signal, abort)
}
