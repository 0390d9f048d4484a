/** What a case has at hand: the two spellings of a case differ in `yield*` and `await`, and in nothing else. */
import * as everything from 'asyncio-ts'
import type { Coroutine, CoroutineObject, EventLoop, Task } from 'asyncio-ts'

export const asyncio = everything

/** Makes a loop in virtual time, for the programs that run their loops themselves. */
export type LoopFactory = () => EventLoop
export type { Task }

let sink: (values: unknown[]) => void = () => undefined

/** Writes a line of the trace: the time and the values. */
export function trace(...values: unknown[]): void {
  sink(values)
}

export function traceTo(next: (values: unknown[]) => void): void {
  sink = next
}

/**
 * Makes an inert coroutine function of a body in either spelling, as `async def` does.
 *
 * A generator becomes a coroutine object, and so does a compiled function. An async function becomes a function to be called by whoever runs it, which
 * can also be awaited where it is made.
 */
export function co<A extends unknown[], T>(body: (...args: A) => Coroutine<T>): (...args: A) => CoroutineObject<T> {
  if (body.constructor.name === 'GeneratorFunction') return asyncio.coroutine(body)
  // What is compiled of an async function is an ordinary function, whose calls can be stepped through.
  if (body.constructor.name === 'Function') return inert(body)
  const start = body as unknown as (...args: A) => Promise<T>
  return (...args) => {
    const thunk = (): Promise<T> => start(...args)
    const then = (onFulfilled: never, onRejected: never): Promise<unknown> => thunk().then(onFulfilled, onRejected)
    return Object.assign(thunk, { then }) as unknown as CoroutineObject<T>
  }
}

/** Makes an inert coroutine function of a compiled function, whose call would begin at once. */
export function inert<A extends unknown[], T>(body: (...args: A) => Coroutine<T>): (...args: A) => CoroutineObject<T> {
  return asyncio.coroutine(function* (...args: A) {
    return yield* body(...args)
  })
}
