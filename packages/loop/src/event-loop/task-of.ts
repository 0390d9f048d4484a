import { Future, isCoroutine, isFuture } from '@asyncio-ts/core'
import { isPromiseLike, reprOf } from '@asyncio-ts/core/primitives'
import type { AwaitableLike, Coroutine, CoroutineLike, EventLoop, Task, TaskOptions } from '@asyncio-ts/core'

/** What a loop can run to its end: what can be a task, or what can be awaited. */
export type Main<T> = CoroutineLike<T> | AwaitableLike<T>

interface MakesTasks extends EventLoop {
  createTask<T>(coroutine: CoroutineLike<T>, options?: TaskOptions): Task<T>
}

/**
 * Makes a task of whatever a loop can run to its end. A promise is followed by a future, which a cancel ends at once.
 *
 * @throws TypeError when `main` is nothing that could be awaited
 */
export function taskOf<T>(loop: MakesTasks, main: Main<T>, options?: TaskOptions): Task<T> {
  if (typeof main === 'function' || isCoroutine(main)) return loop.createTask(main as CoroutineLike<T>, options)
  if (!isPromiseLike(main)) {
    throw new TypeError(
      `An asyncio.Future, a coroutine or an awaitable is required, got ${reprOf(main)}: pass an async function, a function* or what one of them returned.`,
    )
  }
  const future = isFuture(main) ? (main as unknown as Future<T>) : futureOf(loop, main as PromiseLike<T>)
  return loop.createTask(function* awaitable(): Coroutine<T> {
    return yield* future
  }, options)
}

function futureOf<T>(loop: EventLoop, promise: PromiseLike<T>): Future<T> {
  const future = new Future<T>({ loop })
  promise.then(
    (value) => {
      if (!future.done()) future._settle(1, value)
    },
    (error: unknown) => {
      if (!future.done()) future._settle(2, error)
    },
  )
  return future
}
