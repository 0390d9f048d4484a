import type { Coroutine, Steps } from '../contract/coroutine.ts'
import { Delegate } from './delegate.ts'
import { isAwait } from '../is-await.ts'
import { isFuture } from '../is-future.ts'
import { getRunningLoop } from '../running-loop.ts'
import { runtime } from '../runtime.ts'
import { Task } from '../tasks/task.ts'

type OnFulfilled<T, A> = ((value: T) => A | PromiseLike<A>) | null | undefined
type OnRejected<B> = ((reason: unknown) => B | PromiseLike<B>) | null | undefined

/**
 * Runs a coroutine for a `then`.
 *
 * Inside an async function that a task runs, it becomes a part of that task. Anywhere else (at top level, in a
 * callback of the host, beside an await that the task is parked at already) it becomes a task of its own.
 *
 * @param steps - the coroutine; nothing of it may have run
 */
export function awaitCoroutine<T, A, B>(
  steps: Steps<T>,
  onFulfilled: OnFulfilled<T, A>,
  onRejected: OnRejected<B>,
): Promise<A | B> {
  const task = runtime.task === null ? (runtime.flows?.getStore() ?? null) : null
  if (task === null || task._state !== 0 || !task._ownsFlow() || !isAwait(onRejected)) {
    if (task === null && runtime.task === null) runtime.follower?.noteUnknownAwait(steps)
    const coroutine = isFuture(steps) ? waitFor(steps as Steps<T>) : (steps as Coroutine<T>)
    // What goes on after the end of its task stays on the loop of that.
    const loop = task === null || task._loop.isClosed() ? getRunningLoop() : task._loop
    return new Task<T>(coroutine, { eagerStart: true, loop }).then(onFulfilled, onRejected)
  }
  const fulfill = onFulfilled as (value: unknown) => void
  new Delegate(task, steps, fulfill, onRejected as (error: unknown) => void).start()
  // The engine, which made this call, has no use for a result.
  return undefined as never
}

/** A wait that is itself a future cannot be run as a task: the task waits for it. */
function* waitFor<T>(steps: Steps<T>): Coroutine<T> {
  return yield* steps
}
