import type { CoroutineObject, Executor, ExecutorLoop, FutureLike } from '@asyncio-ts/core'
import type { BaseEventLoop } from '@asyncio-ts/core/primitives'
import { DefaultExecutor } from './default-executor.ts'
import { futureOn } from './future-on.ts'

/** What this part of a loop does. */
type ExecutorMethods = Pick<ExecutorLoop, 'runInExecutor' | 'setDefaultExecutor' | 'shutdownDefaultExecutor'>

/** The part of a loop that hands calls to executors. */
export class Executors implements ExecutorMethods {
  readonly #loop: BaseEventLoop
  readonly #default: DefaultExecutor

  constructor(loop: BaseEventLoop) {
    this.#loop = loop
    this.#default = new DefaultExecutor(loop)
  }

  runInExecutor<A extends unknown[], R>(
    executor: Executor | null | undefined,
    fn: (...args: A) => R | PromiseLike<R>,
    ...args: A
  ): FutureLike<R> {
    this.#loop._checkClosed()
    return futureOn(this.#loop, (executor ?? this.#default.get()).submit(fn, ...args))
  }

  setDefaultExecutor(executor: Executor): void {
    this.#default.set(executor)
  }

  shutdownDefaultExecutor(timeout?: number | null): CoroutineObject<void> {
    return this.#default.shutdown(timeout)
  }

  /** Shuts the default executor down without waiting for it: the loop is closed. */
  abandon(): void {
    this.#default.abandon()
  }
}
