import type { ContextLike } from './context.ts'

/** A callback that the loop will run in its turn, and that can be cancelled until then. */
export interface HandleLike {
  cancel(): void
  cancelled(): boolean
  getContext(): ContextLike
}

/** A handle that waits for its time. */
export interface TimerHandleLike extends HandleLike {
  /** The time at which the callback is due, in seconds on the loop's clock. */
  when(): number
}
