import { builtin } from './builtin.ts'
import { BrokenThreadPool } from './errors.ts'
import { checkSize, PoolExecutor } from './pool-executor.ts'
import type { PoolExecutorOptions } from './pool-executor.ts'
import { Pool } from './pool.ts'
import { startOptionsOf } from './start-options.ts'
import { ThreadWorker } from './thread-worker.ts'

/** What of its memory a thread may use; what the host thinks fit when absent. */
export interface ThreadResourceLimits {
  maxOldGenerationSizeMb?: number
  maxYoungGenerationSizeMb?: number
  codeRangeSizeMb?: number
  stackSizeMb?: number
}

/** Options of {@link ThreadPoolExecutor}. */
export interface ThreadPoolExecutorOptions extends PoolExecutorOptions {
  /** What the names of the threads begin with. */
  threadNamePrefix?: string | undefined
  /**
   * How much memory a thread may use; beyond that its call fails, and another thread takes its place.
   *
   * The host keeps to it as well as it can: a large piece that finds no room may end the whole process. Where that must
   * not happen, use a {@link ProcessPoolExecutor}.
   */
  resourceLimits?: ThreadResourceLimits | undefined
}

let count = 0

/**
 * Calls functions in a pool of threads, each with a heap of its own.
 *
 * Threads are started as calls come, and keep no process alive that has nothing else to do.
 *
 * @remarks
 * **Cancellation** A call that has not begun when its future is cancelled never does; see `executorSignal` for one that
 * has.
 *
 * **Differences from CPython** Threads share no variables: a function is sent as text, or imported by each thread.
 * There is one thread for each processor instead of four more, since JavaScript does not block on I/O.
 * @example
 * import { ThreadPoolExecutor } from '@asyncio-ts/executors'
 *
 * const executor = new ThreadPoolExecutor({ maxWorkers: 2 })
 * try {
 *   const total = await executor.submit((numbers: number[]) => numbers.reduce((a, b) => a + b, 0), [1, 2, 3])
 *   console.log(total)
 * } finally {
 *   await executor.shutdown()
 * }
 * @see https://docs.python.org/3/library/concurrent.futures.html#concurrent.futures.ThreadPoolExecutor
 */
export class ThreadPoolExecutor extends PoolExecutor {
  constructor(options: ThreadPoolExecutorOptions = {}) {
    const start = startOptionsOf(options)
    const { resourceLimits, threadNamePrefix } = options
    const pool = new Pool({
      maxWorkers: checkSize('maxWorkers', options.maxWorkers ?? builtin('node:os').availableParallelism()),
      namePrefix: threadNamePrefix ?? `ThreadPoolExecutor-${count++}`,
      terminateOnCancel: options.terminateOnCancel ?? false,
      newWorker: (name, events) => new ThreadWorker(name, events, { ...start, resourceLimits }),
      newError: (message, more) => new BrokenThreadPool(message, more),
    })
    super(pool)
  }
}
