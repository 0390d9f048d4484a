import { CancelledError, Future, getRunningLoop, isCoroutine, isFuture, ValueError } from '@asyncio-ts/core'
import type { KernelFuture, KernelLoop, Runnable } from '@asyncio-ts/core/primitives'
import { ensureFuture } from './ensure-future.ts'
import type { ResultOf, Waitable } from './ensure-future.ts'

/** Options of {@link gather}. */
export interface GatherOptions {
  /** Puts errors among the results instead of failing at the first. */
  returnExceptions?: boolean | undefined
}

type Results<A extends readonly unknown[]> = { -readonly [K in keyof A]: ResultOf<A[K]> }
type Outcomes<A extends readonly unknown[]> = { -readonly [K in keyof A]: ResultOf<A[K]> | Error }

/** Queued when one child has failed or was cancelled. */
class ChildFailed implements Runnable {
  readonly #gathering: GatheringFuture
  readonly #child: KernelFuture

  constructor(gathering: GatheringFuture, child: KernelFuture) {
    this.#gathering = gathering
    this.#child = child
  }

  run(): void {
    this.#gathering.childDone(this.#child)
  }

  toString(): string {
    return 'gather()'
  }
}

/**
 * The future that `gather` returns: cancelling it cancels the children, and ends when they have ended.
 *
 * It waits for each child itself: which one has succeeded does not matter, only how many are left.
 */
class GatheringFuture extends Future<unknown[]> implements Runnable {
  readonly #children: readonly KernelFuture[]
  readonly #returnExceptions: boolean
  #left: number
  #cancelRequested = false

  constructor(loop: KernelLoop, children: readonly KernelFuture[], returnExceptions: boolean) {
    super(loop._own)
    this.#children = children
    this.#left = children.length
    this.#returnExceptions = returnExceptions
  }

  override cancel(message?: string, options?: { reason?: unknown }): boolean {
    if (this.done()) return false
    let any = false
    for (const child of this.#children) any = child.cancel(message, options) || any
    if (any) this.#cancelRequested = true
    return any
  }

  run(): void {
    this.#left--
    this.#endIfNoneIsLeft()
  }

  _ofFailed(child: KernelFuture): Runnable {
    return new ChildFailed(this, child)
  }

  override _wakeName(): string {
    return 'gather()'
  }

  childDone(child: KernelFuture): void {
    this.#left--
    const failed = child._state === 2
    if (this.done()) {
      // Nobody will ask this child for its error any more.
      if (failed) child._takeError()
      return
    }
    if (!this.#returnExceptions && child._state > 1) {
      this._settle(2, child._takeError())
      return
    }
    this.#endIfNoneIsLeft()
  }

  #endIfNoneIsLeft(): void {
    if (this.#left > 0 || this.done()) return
    // CPython ends a cancelled gather with the error of its last child, where that was cancelled as well.
    const last = this.#children.at(-1)!
    if (this.#cancelRequested) this._settle(2, last._state === 3 ? last._takeError() : new CancelledError())
    else this._settle(1, this.#children.map(outcomeOf))
  }
}

function outcomeOf(child: KernelFuture): unknown {
  if (child._state === 1) return child._value
  // The error that ended a cancelled task is kept for whoever awaits the task itself.
  if (child._state === 3) return new CancelledError(typeof child._value === 'string' ? child._value : undefined)
  return child._takeError()
}

/**
 * Waits for several things at once, and returns their results in the order of the arguments.
 *
 * The first error is passed on at once and the others keep running. What is given twice is waited for once.
 *
 * @param waitables - awaitables, promises, coroutines, or functions to run as tasks
 * @param options.returnExceptions - puts errors among the results instead
 * @returns a future; done already when there is nothing to wait for
 * @throws TypeError when an argument cannot be waited for
 *
 * @remarks
 * **Cancellation** Cancelling the future cancels every child; it ends with a CancelledError when all have ended, even
 * with `returnExceptions`. A child that is cancelled by others counts as failed with a CancelledError.
 * **Differences from CPython** The options go into a form of its own that takes an array.
 * @example
 * import { gather, sleep } from '@asyncio-ts/tasks'
 *
 * const [name, count] = await gather(sleep(0.01, 'a'), async () => 42)
 * console.log(name, count)
 * @see https://docs.python.org/3/library/asyncio-task.html#asyncio.gather
 */
export function gather<const A extends readonly Waitable<unknown>[]>(
  waitables: A,
  options: GatherOptions & { returnExceptions: true },
): Future<Outcomes<A>>
export function gather<const A extends readonly Waitable<unknown>[]>(
  waitables: A,
  options?: GatherOptions,
): Future<Results<A>>
export function gather<W extends Waitable<unknown>>(
  waitables: Iterable<W>,
  options: GatherOptions & { returnExceptions: true },
): Future<(ResultOf<W> | Error)[]>
export function gather<A extends readonly Waitable<unknown>[]>(...waitables: A): Future<Results<A>>
export function gather<W extends Waitable<unknown>>(
  waitables: Iterable<W>,
  options?: GatherOptions,
): Future<ResultOf<W>[]>
export function gather(...args: unknown[]): Future<unknown> {
  const { waitables, options } = readArguments(args)
  const children = childrenOf(waitables)
  if (children.length === 0) {
    const nothing = new Future<unknown[]>({ loop: getRunningLoop() })
    nothing.setResult([])
    return nothing
  }
  const loop = children[0]!._loop
  const foreign = children.find((child) => child._loop !== loop)
  if (foreign !== undefined) {
    throw new ValueError(`gather() got ${foreign.toString()} attached to a different loop: gather those of one loop.`)
  }
  const gathering = new GatheringFuture(loop, children, options?.returnExceptions === true)
  for (const child of children) if (child._state === 0) child._addWaiter(gathering)
  for (const child of children) if (child._state !== 0) gathering.childDone(child)
  return gathering
}

/** A coroutine that is given twice becomes one task: a mark on it tells, at no cost to the others. */
function childrenOf(waitables: Waitable<unknown>[]): KernelFuture[] {
  const children: KernelFuture[] = []
  const unmarked = new Map<unknown, KernelFuture>()
  for (const waitable of waitables) {
    const coroutine = typeof waitable === 'object' && isCoroutine(waitable) ? waitable : null
    const isFirst = (coroutine as { _claim?(): boolean } | null)?._claim?.()
    const earlier = isFirst === false ? children[waitables.indexOf(waitable)] : unmarked.get(coroutine)
    const child = earlier ?? (ensureFuture(waitable) as KernelFuture)
    children.push(child)
    if (coroutine !== null && isFirst === undefined) unmarked.set(coroutine, child)
  }
  return children
}

function readArguments(args: unknown[]): { waitables: Waitable<unknown>[]; options: GatherOptions | undefined } {
  const [first, second] = args
  if (args.length > 0 && args.length < 3 && isCollection(first) && !isWaitable(second)) {
    return { waitables: [...first], options: second as GatherOptions | undefined }
  }
  return { waitables: args as Waitable<unknown>[], options: undefined }
}

function isCollection(value: unknown): value is Iterable<Waitable<unknown>> {
  if (typeof value !== 'object' || value === null || isFuture(value) || isCoroutine(value)) return false
  return typeof (value as Partial<Iterable<unknown>>)[Symbol.iterator] === 'function'
}

function isWaitable(value: unknown): boolean {
  if (typeof value === 'function') return true
  return isCoroutine(value) || (value as { then?: unknown } | undefined)?.then !== undefined
}
