/**
 * What kind of value an expression has, as far as waiting is concerned.
 *
 * - `lazy`: a coroutine object, or a generator that runs as one. Nothing happens until it is awaited.
 * - `future`: a future or a task, which runs by itself.
 * - `awaitable`: one of the library's, and it is not known which.
 * - `own`: the promise of an async function of the program. It has been started.
 * - `foreign`: a promise of something else, which a cancel does not reach.
 * - `function`: what can be called.
 * - `other`: nothing that is waited for.
 * - `unknown`: it cannot be told.
 */
export type Nature = 'lazy' | 'future' | 'awaitable' | 'own' | 'foreign' | 'function' | 'other' | 'unknown'

/** Whether a wait on it is a wait of the library's, which a cancel reaches. */
export function isOurs(nature: Nature): boolean {
  return nature === 'lazy' || nature === 'future' || nature === 'awaitable'
}
