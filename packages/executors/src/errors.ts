import { RuntimeError } from '@asyncio-ts/core'

function rename(constructor: { prototype: Error }, name: string, code: string): void {
  const hidden = { configurable: true, writable: true, enumerable: false }
  Object.defineProperty(constructor.prototype, 'name', { ...hidden, value: name })
  Object.defineProperty(constructor.prototype, 'code', { ...hidden, value: code })
}

/**
 * What ran a call ended before the call did: it crashed, called `process.exit`, or ran out of memory.
 *
 * Only the call that was running fails with it. The pool continues with another worker, which runs the calls that had
 * not begun.
 *
 * @see https://docs.python.org/3/library/concurrent.futures.html#concurrent.futures.BrokenExecutor
 */
export class BrokenExecutor extends RuntimeError {}

/** A thread of a {@link ThreadPoolExecutor} ended while it ran the call, or could not be started. */
export class BrokenThreadPool extends BrokenExecutor {}

/** A process of a {@link ProcessPoolExecutor} ended while it ran the call, or could not be started. */
export class BrokenProcessPool extends BrokenExecutor {}

rename(BrokenExecutor, 'BrokenExecutor', 'ERR_ASYNCIO_BROKEN_EXECUTOR')
rename(BrokenThreadPool, 'BrokenThreadPool', 'ERR_ASYNCIO_BROKEN_THREAD_POOL')
rename(BrokenProcessPool, 'BrokenProcessPool', 'ERR_ASYNCIO_BROKEN_PROCESS_POOL')
