declare global {
  /** What a whole program says of itself. `asyncio-ts/compiled-types` says that its async functions are compiled. */
  interface AsyncioTsProgram {}
}

/**
 * What a call of an async function is typed as, where it can become a task: in programs whose async functions are
 * compiled. Elsewhere there is no such thing, and `createTask(promise)` is an error.
 */
export type CompiledPromise<T> = AsyncioTsProgram extends { compiled: true } ? Promise<T> : never
