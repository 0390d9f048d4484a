import { ValueError } from '@asyncio-ts/core'
import { reprOf } from '@asyncio-ts/core/primitives'
import type { Executor, FutureLike } from '@asyncio-ts/core'
import { splitContext } from './in-context.ts'
import { MappedCalls } from './map-calls.ts'
import type { MapOptions } from './map-calls.ts'
import type { Pool } from './pool.ts'
import { targetOf } from './target.ts'
import { isSentOnce } from './unwrap-arguments.ts'

/** Chunks of `map` that are on their way for each worker: enough for the next one to be there when one is done. */
const CHUNKS_PER_WORKER = 4

/** Options of both kinds of executors. */
export interface PoolExecutorOptions {
  /** How many workers there may be; one for each processor when absent. They are started as calls come. */
  maxWorkers?: number | undefined
  /** Called in every worker before its first call. When it fails, so do all calls. */
  initializer?: ((...args: never[]) => unknown) | undefined
  /** The arguments of the initializer. */
  initargs?: readonly unknown[] | undefined
  /** Ends the worker whose call is cancelled, where otherwise only the call's signal aborts. */
  terminateOnCancel?: boolean | undefined
}

/** Ends the workers of executors that were garbage-collected, once their calls are done. */
const abandoned = new FinalizationRegistry<Pool>((pool) => void pool.shutdown(false, false))

/** What the executors of this package have in common. */
export abstract class PoolExecutor implements Executor, AsyncDisposable {
  readonly #pool: Pool
  /** How many workers there may be. */
  readonly maxWorkers: number

  protected constructor(pool: Pool) {
    this.maxWorkers = pool.maxWorkers
    this.#pool = pool
    abandoned.register(this, pool)
  }

  /**
   * Has `fn(...args)` called by a worker, and returns a future for its result at once.
   *
   * Calls begin in the order in which they were submitted. Arguments and result are copied, as by `structuredClone`.
   *
   * @param fn - a self-contained function, or what `workerFunction` returns
   * @throws TypeError when `fn` could not work in a worker
   * @throws RuntimeError after {@link shutdown}
   * @throws BrokenExecutor when the initializer has failed
   * @remarks
   * **Cancellation** A call that has not begun never begins. A call that is running sees it in `executorSignal()`; the
   * wait ends at once.
   *
   * **Differences from CPython** The future is one of asyncio's: await it.
   * @see https://docs.python.org/3/library/concurrent.futures.html#concurrent.futures.Executor.submit
   */
  submit<A extends unknown[], R>(fn: (...args: A) => R | PromiseLike<R>, ...args: A): FutureLike<R> {
    const { fn: called, context } = splitContext(fn)
    return this.#pool.submit<R>({
      kind: 'run',
      target: targetOf(called),
      args,
      isSentOnce: isSentOnce(args),
      context,
    })
  }

  /**
   * Calls `fn` with every item, and iterates over the results in the order of the items.
   *
   * Items are taken as results are consumed, so that an endless or costly source is read no faster than it is used.
   *
   * @param fn - a self-contained function, or what `workerFunction` returns
   * @param items - an iterable or an async iterable
   * @param options.chunksize - how many items a worker is sent at a time; 1 when absent
   * @param options.buffersize - how many chunks are taken ahead; four for each worker when absent
   * @throws TypeError when `fn` could not work in a worker
   * @throws ValueError when a size is not a whole number of at least 1
   * @remarks
   * **Cancellation** Calls whose results have not been consumed are cancelled; so they are when the loop is left.
   *
   * **Differences from CPython** It is an async iterator, and takes one iterable. Nothing is submitted before the first
   * result is asked for.
   * @see https://docs.python.org/3/library/concurrent.futures.html#concurrent.futures.Executor.map
   */
  map<T, R>(
    fn: (item: T) => R | PromiseLike<R>,
    items: Iterable<T> | AsyncIterable<T>,
    options: MapOptions = {},
  ): MappedCalls<R> {
    const chunksize = checkSize('chunksize', options.chunksize ?? 1)
    const buffersize = checkSize('buffersize', options.buffersize ?? this.maxWorkers * CHUNKS_PER_WORKER)
    const { fn: called, context } = splitContext(fn)
    const target = targetOf(called)
    const submit = (args: readonly unknown[]): FutureLike<readonly R[]> =>
      this.#pool.submit({ kind: 'map', target, args, isSentOnce: isSentOnce(args), context })
    return new MappedCalls<R>(items, submit, { chunksize, buffersize })
  }

  /**
   * Takes no further calls, and ends the workers once the calls that were submitted are done.
   *
   * It begins at the call, and may be called again.
   *
   * @param options.wait - whether what is returned waits for the workers to be gone; true when absent
   * @param options.cancelFutures - cancels the calls that have not begun
   * @returns a future, which you need not await
   * @remarks
   * **Cancellation** The shutdown continues.
   *
   * **Differences from CPython** It never blocks: await what it returns.
   * @see https://docs.python.org/3/library/concurrent.futures.html#concurrent.futures.Executor.shutdown
   */
  shutdown(options: { wait?: boolean; cancelFutures?: boolean } = {}): FutureLike<void> {
    return this.#pool.shutdown(options.wait ?? true, options.cancelFutures ?? false)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.shutdown()
  }
}

/** Checks a number of workers or items. */
export function checkSize(name: string, value: number): number {
  if (Number.isInteger(value) && value >= 1) return value
  throw new ValueError(`${name} is a whole number of at least 1, got ${reprOf(value)}.`)
}
