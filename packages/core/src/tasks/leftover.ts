import type { Suspension } from '../contract/awaitable.ts'
import type { Steps } from '../contract/coroutine.ts'
import type { KernelFuture, KernelLoop, KernelTask, LeftoverPart } from '../contract/kernel.ts'
import { Future } from '../futures/future.ts'
import type { Thrown } from './thrown.ts'

/** A part that goes on may wait again one turn later: after this many turns without a wait nothing is left. */
const QUIET_TURNS = 2

/**
 * What a leftover task runs: the waits that no task owns any more.
 *
 * An async function may end while calls that it began still wait: the losers of a `Promise.race`, the rest of a failed
 * `Promise.all`, a call that nobody awaits. They go on as one more task of the loop, which is done when no wait is left.
 * Like every task that is left at the end it is cancelled then, and waited for.
 */
export class Leftover implements Steps<void> {
  readonly waits = new Set<KernelFuture>()
  /** The task that runs it. */
  task: KernelTask | null = null
  readonly #loop: KernelLoop
  readonly #parts = new Set<LeftoverPart>()
  #idle: Future<void> | null = null
  #cancel: Thrown | null = null
  #quietTurns = 0

  constructor(loop: KernelLoop) {
    this.#loop = loop
  }

  [Symbol.iterator](): Steps<void> {
    return this
  }

  next(): IteratorResult<Suspension, void> {
    if (this.#isBusy()) {
      this.#quietTurns = 0
      const idle = new Future<void>(this.#loop._own)
      idle._blocking = true
      this.#idle = idle
      return { done: false, value: idle }
    }
    if (++this.#quietTurns < QUIET_TURNS) return { done: false, value: undefined }
    if (this.#cancel !== null) throw this.#cancel.error
    return { done: true, value: undefined }
  }

  /** A cancel that none of the waits could deliver is meant for the next of them. */
  throw(): IteratorResult<Suspension, void> {
    this.task!._mustCancel = true
    return this.next()
  }

  /** Notes a cancel, and returns whether it was delivered to parts that wait for nothing but the next turn. */
  cancel(error: unknown): boolean {
    this.#cancel = { error }
    let delivered = false
    for (const part of this.#parts) delivered = part.interrupt(error) || delivered
    return delivered
  }

  return(): IteratorResult<Suspension, void> {
    return { done: true, value: undefined }
  }

  park(future: KernelFuture): void {
    this.waits.add(future)
  }

  unpark(future: KernelFuture): void {
    this.waits.delete(future)
    this.#wakeWhenIdle()
  }

  addPart(part: LeftoverPart): void {
    this.#parts.add(part)
  }

  removePart(part: LeftoverPart): void {
    this.#parts.delete(part)
    this.#wakeWhenIdle()
  }

  #isBusy(): boolean {
    return this.waits.size > 0 || this.#parts.size > 0
  }

  #wakeWhenIdle(): void {
    if (!this.#isBusy() && this.#idle?._state === 0) this.#idle._settle(1, undefined)
  }

  toString(): string {
    return '<leftover waits>'
  }
}

/**
 * Tells whether a task stands for waits that outlived theirs. For authors of event loops: cancelling a task may leave
 * one behind, which has to be waited for as well.
 */
export function isLeftover(task: object): boolean {
  return (task as KernelTask)._isLeftover
}
