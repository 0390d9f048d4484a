import type { Suspension } from '../contract/awaitable.ts'
import type { Coroutine, CoroutineObject } from '../contract/coroutine.ts'
import type { Awaitable, AwaitableLike } from '../contract/awaitable.ts'
import type { KernelTask } from '../contract/kernel.ts'
import { enterFlow } from '../host/async-function-task.ts'
import { isCoroutine, isGeneratorFunction, isPromiseLike } from '../is-coroutine.ts'
import { isFuture } from '../is-future.ts'
import { NativeWait } from '../native-wait.ts'
import { runtime } from '../runtime.ts'

/** A function given to a scope such as `timeout` or `taskGroup`, in either spelling; a plain function will do too. */
export type Body<A extends unknown[], T> = (...args: A) => Coroutine<T> | CoroutineObject<T> | AwaitableLike<T> | T

/**
 * Runs a body as a part of the task that calls it, as the block of an `async with` is.
 *
 * For authors of scopes. An async body's awaits are waits of the task itself, so that a cancel reaches them.
 *
 * @param body - a `function*`, an async function, or a plain function
 * @returns what the body returns
 *
 * @example
 * const timed = coroutine(function* <T>(body: Body<[], T>) {
 *   const start = getRunningLoop().time()
 *   try {
 *     return yield* runBody(body)
 *   } finally {
 *     console.log(getRunningLoop().time() - start)
 *   }
 * })
 */
export function* runBody<A extends unknown[], T>(body: Body<A, T>, ...args: A): Generator<Suspension, T, unknown> {
  const { task } = runtime
  const made = isGeneratorFunction(body) || task === null ? body(...args) : enterFlow(task as KernelTask, body, ...args)
  if (isCoroutine(made) || isFuture(made)) return yield* made as Awaitable<T>
  if (!isPromiseLike(made)) return made
  return yield* waitForBody(made)
}

/**
 * Calls a body that is no `function*`, and returns what has to be stepped through. For authors of scopes that are steps
 * themselves: where the body is a compiled function, nothing is made in between.
 */
export function beginBody<A extends unknown[], T>(body: Body<A, T>, ...args: A): Iterator<Suspension, T, unknown> {
  const { task } = runtime
  const made = task === null ? body(...args) : enterFlow(task as KernelTask, body, ...args)
  if (isCoroutine(made) || isFuture(made)) return (made as Awaitable<T>)[Symbol.iterator]()
  return waitForBody(made as PromiseLike<T>)
}

function* waitForBody<T>(made: PromiseLike<T>): Generator<Suspension, T, unknown> {
  if (!isPromiseLike(made)) return made
  const wait = new NativeWait(made)
  runtime.microtasks = true
  yield wait as unknown as Suspension
  return wait.value as T
}
