import { reprOf } from '@asyncio-ts/core/primitives'
import { TrackedAsyncgen } from './tracked-asyncgen.ts'

/**
 * Makes an async generator function whose generators are closed when the loop they were begun on shuts down.
 *
 * JavaScript tells nobody that an async generator was left half-way, so `finally` blocks inside would never run. The
 * loop keeps what this function returns from the first `next` on, and closes it when the program has let go of it, or
 * at shutdown.
 *
 * @param fn - an `async function*`
 * @returns a function with the same parameters
 * @throws TypeError when `fn` is not one
 *
 * @remarks
 * **Cancellation** `shutdownAsyncgens`, which `run` awaits, runs the `finally` blocks. A generator that runs just then,
 * because nobody awaits its `next`, is reported to the exception handler instead.
 * **Differences from CPython** Only wrapped generators are tracked, and only on a loop that can be shut down.
 * @example
 * import { asyncgen, run } from '@asyncio-ts/loop'
 *
 * const ticks = asyncgen(async function* () {
 *   try {
 *     for (let n = 0; ; n++) yield n
 *   } finally {
 *     console.log('closed')
 *   }
 * })
 * await run(async () => {
 *   const iterator = ticks()
 *   console.log((await iterator.next()).value)
 * })
 * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.shutdown_asyncgens
 */
export function asyncgen<A extends unknown[], T, R>(
  fn: (...args: A) => AsyncGenerator<T, R, unknown>,
): (...args: A) => AsyncGenerator<T, R, unknown> {
  if (typeof fn !== 'function') throw new TypeError(`asyncgen() takes an async function*, got ${reprOf(fn)}.`)
  const name = fn.name || '<anonymous>'
  return (...args) => {
    const generator: unknown = fn(...args)
    if (!isAsyncGenerator(generator)) {
      throw new TypeError(
        `asyncgen() takes an async function*, and ${name} is not one: it returned ${reprOf(generator)}.`,
      )
    }
    return new TrackedAsyncgen(generator as AsyncGenerator<T, R, unknown>, name)
  }
}

function isAsyncGenerator(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value && 'return' in value
}
