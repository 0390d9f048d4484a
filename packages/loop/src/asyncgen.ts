import { getRunningLoop, reprOf } from '@asyncio-ts/core'

interface TracksAsyncgens {
  _trackAsyncgen?: (generator: AsyncGenerator<unknown, unknown, unknown>) => void
}

/**
 * Makes an async generator function whose generators are closed when the loop they were begun on shuts down.
 *
 * JavaScript tells nobody that an async generator was left half-way, so `finally` blocks inside would never run. The
 * loop tracks what this function returns from the first `next` on.
 *
 * @param fn - an `async function*`
 *
 * **Cancellation** `shutdownAsyncgens`, which `run` awaits, runs the `finally` blocks.
 * **Differences from CPython** Only wrapped generators are tracked, and none is closed when it is collected.
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
export function asyncgen<A extends unknown[], T, R, N>(
  fn: (...args: A) => AsyncGenerator<T, R, N>,
): (...args: A) => AsyncGenerator<T, R, N> {
  if (typeof fn !== 'function') throw new TypeError(`asyncgen() takes an async function*, got ${reprOf(fn)}.`)
  return (...args) => {
    const generator = fn(...args)
    const next = generator.next
    // Shadows the method until the generator is begun, then gets out of the way.
    Object.defineProperty(generator, 'next', {
      configurable: true,
      value: (...sent: [] | [N]) => {
        Reflect.deleteProperty(generator, 'next')
        const loop = getRunningLoop() as TracksAsyncgens
        loop._trackAsyncgen?.(generator as AsyncGenerator<unknown, unknown, unknown>)
        return next.apply(generator, sent)
      },
    })
    return generator
  }
}
