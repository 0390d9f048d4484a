/** A source of monotonic time. */
export interface Clock {
  /** The time in seconds, from an arbitrary start, never going back. */
  now(): number
}
