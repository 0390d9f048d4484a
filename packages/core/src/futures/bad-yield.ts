import { RuntimeError } from '../errors/errors.ts'
import type { KernelTask } from '../contract/kernel.ts'
import { isCoroutine, isPromiseLike } from '../is-coroutine.ts'
import { isFuture } from '../is-future.ts'
import { reprOf } from '../repr.ts'

/** The error that is thrown into a coroutine that yielded what a task cannot wait on. */
export function badYield(task: KernelTask | null, value: unknown): RuntimeError {
  const who = task === null ? 'The coroutine' : `Task ${task.toString()}`
  if (isFuture(value)) {
    if (value === task) return new RuntimeError(`Task cannot await on itself: ${value.toString()}`)
    if (!value._blocking) {
      return new RuntimeError(`yield was used instead of yield* in ${who} with ${reprOf(value)}. Write yield* there.`)
    }
    value._blocking = false
    return new RuntimeError(
      `${who} got ${reprOf(value)} attached to a different loop. Await it in a task of its own loop.`,
    )
  }
  if (isCoroutine(value)) {
    return new RuntimeError(`yield was used instead of yield* for a coroutine in ${who}. Write yield* there.`)
  }
  if (isPromiseLike(value)) {
    return new RuntimeError(`${who} yielded a promise. Write yield* wrapFuture(promise) to wait for it.`)
  }
  return new RuntimeError(`${who} got bad yield: ${reprOf(value)}. Write yield* with something awaitable.`)
}
