import { Future, getRunningLoop, isCancelled, RuntimeError } from '@asyncio-ts/core'
import { Call } from './call.ts'
import type { CallOwner, CallRequest } from './call.ts'
import { CallQueue } from './call-queue.ts'
import { outcomeError } from './outcome-error.ts'
import { ProcessHold } from './process-hold.ts'
import type { Outcome, PoolWorker, WorkerEnd, WorkerEvents } from './pool-worker.ts'
import { reviveError } from './revive-error.ts'
import type { DescribedError } from './worker/messages.ts'

/** What tells one kind of pool from another. */
export interface PoolOptions {
  readonly maxWorkers: number
  readonly namePrefix: string
  /** Ends the worker whose running call is cancelled, instead of only telling the call. */
  readonly terminateOnCancel: boolean
  /** How many calls a worker runs before another one takes its place; any number when absent. */
  readonly maxCallsPerWorker?: number | undefined
  newWorker(name: string, events: WorkerEvents): PoolWorker
  newError(message: string, options?: ErrorOptions): Error
}

/** How many workers may end just before they begin a call. */
const MAX_STRIKES = 2

const causeOf = ({ cause }: WorkerEnd): ErrorOptions => (cause === undefined ? {} : { cause })

/**
 * Hands calls to workers, first come first served, and makes workers as they are needed.
 *
 * A worker runs one call at a time; what has been sent to it ahead is taken back when it ends, or when another worker
 * has nothing to do. So a call fails with its worker only if it was the one that was running.
 */
export class Pool implements CallOwner, WorkerEvents {
  readonly #options: PoolOptions
  readonly #queue = new CallQueue()
  // Invariant POOL-1: a call that is neither done nor running is in the queue, or can be withdrawn from one worker.
  readonly #workers = new Set<PoolWorker>()
  /** Workers that are ending. They get no calls. */
  readonly #ending = new Set<PoolWorker>()
  /** Who has which call. */
  readonly #holders = new Map<Call<unknown>, PoolWorker>()
  readonly #hold = new ProcessHold()
  #made = 0
  #isShutDown = false
  #brokenBy: unknown = undefined
  #isBroken = false
  #whenEmpty: Future<void>[] = []

  constructor(options: PoolOptions) {
    this.#options = options
  }

  /** How many workers there may be. */
  get maxWorkers(): number {
    return this.#options.maxWorkers
  }

  /** The number of workers that take calls. */
  get size(): number {
    return this.#workers.size
  }

  submit<T>(request: CallRequest): Call<T> {
    if (this.#isShutDown) throw new RuntimeError('Cannot submit a call after shutdown: make a new executor.')
    if (this.#isBroken) throw this.#brokenError()
    const call = new Call<T>(getRunningLoop(), this, request)
    this.#queue.push(call as Call<unknown>)
    this.#distribute()
    this.#settle()
    return call
  }

  shutdown(wait: boolean, cancelFutures: boolean): Future<void> {
    this.#isShutDown = true
    const done = new Future<void>({ loop: getRunningLoop() })
    if (cancelFutures) this.#cancelWaiting()
    if (wait) this.#whenEmpty.push(done)
    else done.setResult()
    this.#settle()
    return done
  }

  _cancelled(call: Call<unknown>): void {
    const worker = this.#holders.get(call)
    if (worker === undefined) this.#queue.remove(call)
    else if (worker.withdraw(call)) this.#holders.delete(call)
    else this.#abort(worker, call)
    this.#distribute()
    this.#settle()
  }

  broken(worker: PoolWorker, error: DescribedError): void {
    this.#break(reviveError(error))
    this.#endWorker(worker)
    this.#settle()
  }

  reported(worker: PoolWorker, call: Call<unknown> | null, outcome: Outcome | null): void {
    if (call !== null && outcome !== null) {
      this.#holders.delete(call)
      if (outcome.kind === 'result') call.finish(outcome.value)
      else if (outcome.kind === 'error' && outcome.error.name === 'CancelledError') call.cancel(outcome.error.message)
      else call.fail(outcomeError(call, outcome))
    }
    if (worker.reports === this.#options.maxCallsPerWorker) this.#endWorker(worker)
    if (this.#queue.size > 0) this.#distribute()
    else if (worker.load === 0) this.#relieve()
    this.#settle()
  }

  /** Takes no further calls, and sends every worker a signal: the calls that are running fail with it. */
  signalWorkers(signal: 'SIGTERM' | 'SIGKILL'): void {
    const workers = [...this.#workers, ...this.#ending]
    void this.shutdown(false, true)
    for (const worker of workers) worker.signal(signal)
  }

  ended(worker: PoolWorker, why: WorkerEnd): void {
    const wasAsked = this.#ending.delete(worker)
    this.#workers.delete(worker)
    const waiting = this.#withdrawAll(worker)
    this.#queue.unshift(waiting)
    const [next] = waiting
    const lost = worker.remaining()
    if (!wasAsked && lost.length === 0 && next !== undefined) this.#suspect(next, worker, why)
    for (const call of lost) {
      this.#holders.delete(call)
      const message = `The worker '${worker.name}' ${why.what} while it ran '${call.request.target.name}'.`
      call.fail(this.#options.newError(message, causeOf(why)))
    }
    // A new worker would fail in the same way.
    if (!wasAsked && !worker.isReady) {
      this.#break(why.cause ?? new RuntimeError(`The worker '${worker.name}' ${why.what}.`))
    }
    this.#distribute()
    this.#settle()
  }

  #distribute(): void {
    for (let call = this.#queue.first(); call !== null; call = this.#queue.first()) {
      const worker = this.#workerFor(call)
      if (worker === null) return
      void this.#queue.shift()
      try {
        worker.send(call)
        this.#holders.set(call, worker)
      } catch (error) {
        call.fail(outcomeError(call, { kind: 'unsent', error }))
      }
    }
  }

  /** An idle worker, or a new one, or the one that has the least to do and room for more. */
  #workerFor(call: Call<unknown>): PoolWorker | null {
    let best: PoolWorker | null = null
    for (const worker of this.#workers) {
      if (worker.load === 0) return worker
      if (worker.load < worker.capacity && (best === null || worker.load < best.load)) best = worker
    }
    const added = this.#workers.size < this.#options.maxWorkers ? this.#addWorker() : null
    return added ?? (call.request.isSentOnce ? null : best)
  }

  /** Returns null when the host refuses: then those that there are have to do. */
  #addWorker(): PoolWorker | null {
    try {
      const worker = this.#options.newWorker(`${this.#options.namePrefix}_${this.#made++}`, this)
      this.#workers.add(worker)
      return worker
    } catch (error) {
      if (isCancelled(error)) throw error
      if (this.#workers.size === 0) this.#break(error)
      return null
    }
  }

  /** Lets a worker that has nothing to do begin what waits behind a call of another one. */
  #relieve(): void {
    let busiest: PoolWorker | null = null
    for (const worker of this.#workers) {
      if (worker.load > 1 && (busiest === null || worker.load > busiest.load)) busiest = worker
    }
    const call = busiest?.withdrawFirst() ?? null
    if (call === null) return
    this.#holders.delete(call)
    this.#queue.unshift([call])
    this.#distribute()
  }

  /** Tells a call, or ends its worker: then nothing else may be running there, so what waits is taken back before. */
  #abort(worker: PoolWorker, call: Call<unknown>): void {
    if (this.#options.terminateOnCancel) this.#takeBack(worker)
    if (worker.abort(call) && this.#options.terminateOnCancel) this.#endWorker(worker)
  }

  #endWorker(worker: PoolWorker): void {
    if (!this.#workers.delete(worker)) return
    this.#ending.add(worker)
    this.#takeBack(worker)
    worker.end()
  }

  /** A call that a worker was about to begin as it ended: reading its arguments may have been what ended it. */
  #suspect(call: Call<unknown>, worker: PoolWorker, why: WorkerEnd): void {
    call.strikes += 1
    if (call.strikes < MAX_STRIKES) return
    this.#queue.remove(call)
    const message =
      `The worker '${worker.name}' ${why.what} before it had begun '${call.request.target.name}', and so did another ` +
      'one. Its arguments may need more memory than a worker has: send less, or raise the limit.'
    call.fail(this.#options.newError(message, causeOf(why)))
  }

  /** Puts the calls that a worker has not begun where they were: before all the others. */
  #takeBack(worker: PoolWorker): void {
    this.#queue.unshift(this.#withdrawAll(worker))
  }

  #withdrawAll(worker: PoolWorker): Call<unknown>[] {
    const calls: Call<unknown>[] = []
    for (let call = worker.withdrawFirst(); call !== null; call = worker.withdrawFirst()) {
      this.#holders.delete(call)
      calls.push(call)
    }
    return calls
  }

  #cancelWaiting(): void {
    for (const worker of this.#workers) this.#takeBack(worker)
    for (let call = this.#queue.shift(); call !== null; call = this.#queue.shift()) {
      call.cancel()
    }
  }

  #break(cause: unknown): void {
    this.#isBroken = true
    this.#brokenBy ??= cause
    for (const worker of this.#workers) this.#takeBack(worker)
    for (let call = this.#queue.shift(); call !== null; call = this.#queue.shift()) call.fail(this.#brokenError())
  }

  #brokenError(): Error {
    const message = 'The pool cannot be used: one of its workers could not be started, or its initializer failed.'
    return this.#options.newError(message, { cause: this.#brokenBy })
  }

  /** Brings what depends on the calls that are left into step with them. */
  #settle(): void {
    let load = this.#queue.size
    for (const worker of this.#workers) load += worker.load
    if (this.#isShutDown && load === 0) for (const worker of [...this.#workers]) this.#endWorker(worker)
    const isEmpty = this.#workers.size === 0 && this.#ending.size === 0
    this.#hold.set(load > 0 || (this.#isShutDown && !isEmpty))
    if (!this.#isShutDown || !isEmpty || this.#queue.size > 0) return
    this.#hold.release()
    for (const done of this.#whenEmpty.splice(0)) {
      if (!done.done() && !done._loop.isClosed()) done.setResult()
    }
  }
}
