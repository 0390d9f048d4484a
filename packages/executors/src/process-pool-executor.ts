import { builtin } from './builtin.ts'
import { BrokenProcessPool } from './errors.ts'
import { checkSize, PoolExecutor } from './pool-executor.ts'
import type { PoolExecutorOptions } from './pool-executor.ts'
import { Pool } from './pool.ts'
import { ProcessWorker } from './process-worker.ts'
import { startOptionsOf } from './start-options.ts'

/** Options of {@link ProcessPoolExecutor}. */
export interface ProcessPoolExecutorOptions extends PoolExecutorOptions {
  /**
   * How many calls a process runs before a new one takes its place, such as for code that leaks; any number when absent.
   * A chunk of `map` is one call.
   */
  maxTasksPerChild?: number | undefined
}

let count = 0

/**
 * Calls functions in a pool of processes: for code that may crash, or that changes what belongs to a whole process.
 *
 * A call costs more than in a thread. For many short ones use `map` with a chunk size.
 *
 * @remarks
 * **Cancellation** As in threads, but a function that never waits cannot see that it was cancelled.
 *
 * **Differences from CPython** A process that ends fails only its own call: the pool continues with another process.
 * @example
 * import { ProcessPoolExecutor } from '@asyncio-ts/executors'
 *
 * const executor = new ProcessPoolExecutor({ maxWorkers: 1 })
 * try {
 *   for await (const square of executor.map((n: number) => n * n, [1, 2, 3], { chunksize: 2 })) console.log(square)
 * } finally {
 *   await executor.shutdown()
 * }
 * @see https://docs.python.org/3/library/concurrent.futures.html#concurrent.futures.ProcessPoolExecutor
 */
export class ProcessPoolExecutor extends PoolExecutor {
  readonly #pool: Pool

  constructor(options: ProcessPoolExecutorOptions = {}) {
    const start = startOptionsOf(options)
    const pool = new Pool({
      maxWorkers: checkSize('maxWorkers', options.maxWorkers ?? builtin('node:os').availableParallelism()),
      namePrefix: `ProcessPoolExecutor-${count++}`,
      terminateOnCancel: options.terminateOnCancel ?? false,
      maxCallsPerWorker: checkTasks(options.maxTasksPerChild),
      newWorker: (name, events) => new ProcessWorker(name, events, start),
      newError: (message, more) => new BrokenProcessPool(message, more),
    })
    super(pool)
    this.#pool = pool
  }

  /**
   * Ends the processes by SIGTERM, and takes no further calls.
   *
   * The calls that are running fail with {@link BrokenProcessPool}, those that wait are cancelled. A process that
   * handles SIGTERM may continue; its call then ends as usual.
   *
   * @see https://docs.python.org/3/library/concurrent.futures.html#concurrent.futures.ProcessPoolExecutor.terminate_workers
   */
  terminateWorkers(): void {
    this.#pool.signalWorkers('SIGTERM')
  }

  /**
   * Ends the processes by SIGKILL, and takes no further calls: see {@link terminateWorkers}.
   *
   * @see https://docs.python.org/3/library/concurrent.futures.html#concurrent.futures.ProcessPoolExecutor.kill_workers
   */
  killWorkers(): void {
    this.#pool.signalWorkers('SIGKILL')
  }
}

function checkTasks(count: number | null | undefined): number | undefined {
  return count === undefined || count === null ? undefined : checkSize('maxTasksPerChild', count)
}
