import type { Future } from '../futures/future.ts'

/** Gives a future its result, unless it is done: a cancel may have come first. For authors of primitives. */
export function wake(future: Future<void>): void {
  if (!future.done()) future.setResult()
}
