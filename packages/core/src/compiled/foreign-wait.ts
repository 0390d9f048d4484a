import type { KernelLoop, Runnable } from '../contract/kernel.ts'
import { QuietFuture } from './quiet-future.ts'
import { runtime } from '../runtime.ts'

/** The engine's own: what a program puts in its place is none of an await's business. */
const then = Promise.prototype.then

/**
 * The wait for a promise that is not ours. A cancel ends it at once; what the promise does later is dropped.
 *
 * In a task its waiter is queued when the promise is settled, and so takes its turn with everything else that is
 * ready. Outside of tasks it goes on in that very microtask, as the await of a plain async function does.
 */
export class ForeignWait extends QuietFuture {
  declare private readonly _isDirect: boolean

  constructor(loop: KernelLoop, promise: Promise<unknown>, isDirect: boolean) {
    super(loop._own)
    this._isDirect = isDirect
    void then.call(
      promise,
      (value: unknown) => this._deliver(1, value),
      (error: unknown) => this._deliver(2, error),
    )
    // A promise that is settled already goes on in the next turn, not after the slice.
    runtime.microtasks = true
  }

  private _deliver(state: 1 | 2, value: unknown): void {
    if (this._state !== 0) return
    const waiter = this._waiters
    if (!this._isDirect || waiter === null || Array.isArray(waiter)) {
      this._settle(state, value)
      return
    }
    this._waiters = null
    this._settle(state, value)
    runAtOnce(waiter, this._loop)
  }
}

/** Runs what waits, outside of any turn. */
function runAtOnce(waiter: Runnable, loop: KernelLoop): void {
  const { loop: outer, task, context } = runtime
  runtime.loop = loop
  waiter.run()
  runtime.loop = outer
  runtime.task = task
  runtime.context = context
}
