/**
 * What a coroutine yields to the task that drives it: the awaitable to wait on,
 * or nothing to give up exactly one turn of the loop.
 */
export type Suspension = Awaitable<unknown> | undefined

/**
 * Everything that waits, in both spellings: `await x` in an async function, `yield* x` in a generator.
 *
 * A {@link Future} and a {@link Task} may be awaited any number of times; a coroutine object once.
 * The shape is a promise's, so that an `Awaitable<T>` fits wherever a `Promise<T>` is asked for.
 */
export interface Awaitable<T> extends Promise<T> {
  [Symbol.iterator](): Iterator<Suspension, T, unknown>
}

/** What `await` takes: one of our awaitables, or any promise-like object. */
export type AwaitableLike<T> = Awaitable<T> | PromiseLike<T>
