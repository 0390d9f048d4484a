/** What is called when a signal aborts, by signal: one listener of the host for all of them. */
const callbacks = new WeakMap<AbortSignal, Set<() => void>>()

function run(this: AbortSignal): void {
  const all = callbacks.get(this)
  callbacks.delete(this)
  if (all !== undefined) for (const callback of all) callback()
}

/**
 * Calls `callback` when a signal aborts that has not aborted yet. For authors of primitives.
 *
 * However many wait, the signal has one listener: a signal of the whole program, given to many waits, would otherwise
 * be reported as a leak of listeners.
 *
 * @param callback - is called in the order of the calls; must not throw
 * @returns a function that takes the callback back
 */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  let all = callbacks.get(signal)
  if (all === undefined) {
    all = new Set()
    callbacks.set(signal, all)
    signal.addEventListener('abort', run, { once: true })
  }
  all.add(callback)
  return () => {
    all.delete(callback)
    if (all.size > 0 || callbacks.get(signal) !== all) return
    callbacks.delete(signal)
    signal.removeEventListener('abort', run)
  }
}
