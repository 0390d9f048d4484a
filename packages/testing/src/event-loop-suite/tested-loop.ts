import type { AwaitableLike, CallbackOptions, CoroutineLike, EventLoop, HandleLike } from '@asyncio-ts/core'

/** A loop that can be run: what `describeEventLoop` tests. */
export interface TestedLoop extends EventLoop {
  runForever(): Promise<void>
  runUntilComplete<T>(main: CoroutineLike<T> | AwaitableLike<T>): Promise<T>
  stop(): void
  close(): void
  callSoonThreadsafe<A extends unknown[]>(callback: (...args: A) => unknown, ...args: A): HandleLike
  callSoonThreadsafe<A extends unknown[]>(
    callback: (...args: A) => unknown,
    ...args: [...A, CallbackOptions]
  ): HandleLike
}

/** One thing that every loop has to do. */
export interface LoopCase {
  /** A sentence of behaviour. */
  readonly title: string
  /** Throws when `loop`, which is fresh, does not. */
  run(loop: TestedLoop): Promise<void> | void
}
