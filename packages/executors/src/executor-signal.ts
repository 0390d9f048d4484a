const SIGNAL = Symbol.for('asyncio-ts.executor.signal')

/**
 * Returns the signal of the call that this worker is running: it aborts when the call is cancelled.
 *
 * In a thread a function that never waits can ask for `aborted` as well; in a process it would not know.
 * A self-contained function may call `executorSignal()` although it is not its own.
 *
 * @returns a signal that never aborts where no executor runs the code
 * @remarks
 * **Differences from CPython** An extension: a function in a thread of Python does not hear of a cancel.
 * @extension
 * @example
 * function search(words: string[]): string | undefined {
 *   const signal = executorSignal()
 *   return words.find((word) => {
 *     signal.throwIfAborted()
 *     return isPalindrome(word)
 *   })
 * }
 */
export function executorSignal(): AbortSignal {
  const current = (globalThis as unknown as Record<symbol, (() => AbortSignal) | undefined>)[SIGNAL]
  return current?.() ?? new AbortController().signal
}
