/** An error to throw into a coroutine at its next step, where `undefined` could itself have been thrown. */
export interface Thrown {
  error: unknown
}
