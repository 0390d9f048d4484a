import { isPromiseLike } from '../is-coroutine.ts'
import { isFuture } from '../is-future.ts'
import { reprOf } from '../repr.ts'

/** The error for what cannot be run as a task. It names the fix. */
export function notACoroutine(value: unknown): TypeError {
  if (isFuture(value)) {
    return new TypeError(`A coroutine was expected, got ${value.toString()}. It runs already: await it, or gather it.`)
  }
  if (isPromiseLike(value)) {
    return new TypeError(
      'A coroutine was expected, got a promise, which is running already. Pass the function instead: createTask(() => work()), or createTask(work). To wait for the promise as it is, use wrapFuture(promise).',
    )
  }
  return new TypeError(`A coroutine or a function that returns one was expected, got ${reprOf(value)}.`)
}
