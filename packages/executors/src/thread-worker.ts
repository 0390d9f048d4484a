import type { MessagePort, Worker, WorkerOptions } from 'node:worker_threads'
import { RuntimeError } from '@asyncio-ts/core'
import type { Call } from './call.ts'
import { builtin } from './builtin.ts'
import { GRACE_MS } from './constants.ts'
import { Definitions } from './definitions.ts'
import { isReport } from './is-report.ts'
import type { PoolWorker, WorkerEvents } from './pool-worker.ts'
import type { StartOptions } from './start-options.ts'
import type { Target } from './target.ts'
import { unwrapArguments } from './unwrap-arguments.ts'
import { ABORTED, CALL_STATES, RUNNING, WAITING, WITHDRAWN } from './worker/messages.ts'
import type { FromWorker, ThreadData, ToWorker } from './worker/messages.ts'
import { programText } from './worker/program-text.ts'

/**
 * One thread of a pool.
 *
 * Calls are sent ahead of their turn. How far each has come stands in memory that both threads see, so that a call can
 * be taken back while the thread is busy with another one, and so that it is known after a crash which had begun.
 */
export class ThreadWorker implements PoolWorker {
  readonly name: string
  readonly capacity = CALL_STATES
  readonly #worker: Worker
  readonly #port: MessagePort
  readonly #events: WorkerEvents
  readonly #states = new Int32Array(new SharedArrayBuffer(CALL_STATES * Int32Array.BYTES_PER_ELEMENT))
  /** The calls that were sent, by the slot of their state; null where one was taken back. */
  readonly #calls: (Call<unknown> | null)[] = new Array<Call<unknown> | null>(CALL_STATES).fill(null)
  readonly #definitions = new Definitions()
  // Invariant POOL-2: the calls in flight are numbered from #reported up to #sent, and at most CALL_STATES.
  #sent = 0
  #reported = 0
  #crash: { readonly error: unknown } | null = null
  #isReady = false
  #lastResort: ReturnType<typeof setTimeout> | undefined = undefined

  constructor(name: string, events: WorkerEvents, options: StartOptions & Pick<WorkerOptions, 'resourceLimits'>) {
    this.name = name
    this.#events = events
    const { MessageChannel, Worker } = builtin('node:worker_threads')
    const { resourceLimits } = options
    const { port1, port2 } = new MessageChannel()
    const workerData: ThreadData = { states: this.#states, port: port2 }
    this.#port = port1
    this.#worker = new Worker(programText, {
      eval: true,
      name,
      workerData,
      transferList: [port2],
      ...(resourceLimits !== undefined && { resourceLimits }),
    })
    // Functions may use the thread's own port for themselves. The pool does not listen to it.
    port1.on('message', (message: unknown) => this.#take(message))
    // Only a result can be unreadable, and it is the result of the first call.
    port1.on('messageerror', (error) => this.#take(['uncopied', error.message]))
    port1.unref()
    this.#worker.on('error', (error) => this.#crashed(error))
    this.#worker.on('exit', (code) => this.#exited(code))
    // The pool keeps the process alive while there are calls.
    this.#worker.unref()
    this.#initialize(options)
  }

  get isReady(): boolean {
    return this.#isReady
  }

  get load(): number {
    return this.#sent - this.#reported
  }

  get reports(): number {
    return this.#reported
  }

  send(call: Call<unknown>): void {
    const { kind, target, context } = call.request
    this.#define(target)
    const { args, transfer } = unwrapArguments(call.request.args)
    const slot = this.#sent % CALL_STATES
    Atomics.store(this.#states, slot, WAITING)
    this.#post(context === undefined ? [kind, target.id, args] : [kind, target.id, args, context], transfer)
    this.#calls[slot] = call
    this.#sent += 1
  }

  withdraw(call: Call<unknown>): boolean {
    const number = this.#numberOf(call)
    return number >= 0 && this.#withdraw(number % CALL_STATES)
  }

  #numberOf(call: Call<unknown>): number {
    for (let number = this.#reported; number < this.#sent; number++) {
      if (this.#calls[number % CALL_STATES] === call) return number
    }
    return -1
  }

  withdrawFirst(): Call<unknown> | null {
    for (let number = this.#reported; number < this.#sent; number++) {
      const slot = number % CALL_STATES
      const call = this.#calls[slot] ?? null
      if (call !== null && !call.request.isSentOnce && this.#withdraw(slot)) return call
    }
    return null
  }

  #withdraw(slot: number): boolean {
    if (Atomics.compareExchange(this.#states, slot, WAITING, WITHDRAWN) !== WAITING) return false
    this.#calls[slot] = null
    return true
  }

  abort(call: Call<unknown>): boolean {
    const number = this.#numberOf(call)
    if (number < 0) return false
    if (Atomics.compareExchange(this.#states, number % CALL_STATES, RUNNING, ABORTED) !== RUNNING) return false
    this.#post(['abort', number])
    return true
  }

  remaining(): Call<unknown>[] {
    return this.#calls.filter((call) => call !== null)
  }

  end(): void {
    if (this.remaining().length > 0) {
      void this.#worker.terminate()
      return
    }
    // It ends by itself, so that nothing is lost of what it has printed; what it left running may keep it from that.
    this.#post(['end'])
    this.#lastResort = setTimeout(() => void this.#worker.terminate(), GRACE_MS)
  }

  signal(): void {
    void this.#worker.terminate()
  }

  #initialize({ initializer, initargs }: StartOptions): void {
    if (initializer === undefined) {
      this.#post(['start'])
      return
    }
    this.#define(initializer)
    this.#post(['initialize', initializer.id, initargs])
  }

  #define(target: Target): void {
    for (const message of this.#definitions.toSend(target)) this.#post(message)
  }

  #post(message: ToWorker, transfer?: readonly unknown[]): void {
    if (transfer === undefined) this.#port.postMessage(message)
    else this.#port.postMessage(message, transfer as never)
  }

  /** Runs in an event of the host: an exception from here would end the process. */
  #take(message: unknown): void {
    try {
      if (!isReport(message)) throw new RuntimeError('The worker sent something other than a report.')
      this.#receive(message)
    } catch (error) {
      this.#crashed(error)
      void this.#worker.terminate()
    }
  }

  #receive(message: FromWorker): void {
    switch (message[0]) {
      case 'ready':
        this.#isReady = true
        break
      case 'broken':
        this.#events.broken(this, message[1])
        break
      case 'result':
        this.#events.reported(this, this.#takeFirst(), { kind: 'result', value: message[1] })
        break
      case 'error':
        this.#events.reported(this, this.#takeFirst(), { kind: 'error', error: message[1] })
        break
      case 'uncopied':
        this.#events.reported(this, this.#takeFirst(), { kind: 'uncopied', reason: message[1] })
        break
      case 'skipped':
        this.#events.reported(this, this.#takeFirst(), null)
        break
    }
  }

  #takeFirst(): Call<unknown> | null {
    const slot = this.#reported % CALL_STATES
    const call = this.#calls[slot] ?? null
    this.#calls[slot] = null
    this.#reported += 1
    return call
  }

  #crashed(error: unknown): void {
    this.#crash ??= { error }
  }

  #exited(code: number): void {
    clearTimeout(this.#lastResort)
    // What it reported last may not have been delivered yet.
    const { receiveMessageOnPort } = builtin('node:worker_threads')
    for (let last = receiveMessageOnPort(this.#port); last !== undefined; last = receiveMessageOnPort(this.#port)) {
      this.#take(last.message)
    }
    this.#port.close()
    this.#events.ended(this, { what: this.#endOf(code), cause: this.#crash?.error })
  }

  #endOf(code: number): string {
    if (this.#crash === null) return `ended with exit code ${code}`
    const { code: reason } = (this.#crash.error ?? {}) as { code?: unknown }
    return reason === 'ERR_WORKER_OUT_OF_MEMORY' ? 'ran out of memory' : 'crashed'
  }
}
