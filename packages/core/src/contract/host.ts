/**
 * What the kernel asks of the JavaScript engine it runs in: a way to be called back, and nothing else.
 *
 * A callback given to a host never runs inside the call that registers it.
 */
export interface Host {
  /** Calls back in a new macrotask, after the host has had a chance to do I/O. */
  defer(callback: () => void): void
  /**
   * Calls back in this macrotask, once no microtask is left; absent where the host has no such point.
   */
  afterMicrotasks?(callback: () => void): void
  /** Calls back after `delayMs` milliseconds, at most {@link maxTimerMs}; keeps the process alive meanwhile. */
  setTimer(callback: () => void, delayMs: number): unknown
  clearTimer(timer: unknown): void
  /** The longest delay that {@link setTimer} takes, in milliseconds. */
  readonly maxTimerMs: number
  /** Keeps the process alive until the returned function is called. */
  keepAlive(): () => void
}
