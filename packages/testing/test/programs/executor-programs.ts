import type { Coroutine } from '@asyncio-ts/core'
import { createTask, gather, sleep, wait } from '@asyncio-ts/tasks'
import type { Call } from '../../../executors/src/call.ts'
import { Pool } from '../../../executors/src/pool.ts'
import type { PoolWorker, WorkerEvents } from '../../../executors/src/pool-worker.ts'
import type { Target } from '../../../executors/src/target.ts'
import { always, choose } from '../../src/index.ts'
import { endedWell, holds } from './explored.ts'
import type { Explored } from './explored.ts'

class WorkerLost extends Error {}

/** A worker whose calls take time, and which is now and then lost in the middle of one. */
class TimedWorker implements PoolWorker {
  readonly isReady = true
  readonly capacity = 2
  reports = 0
  readonly ran: number[]
  readonly #events: WorkerEvents
  #sent: (Call<unknown> | null)[] = []
  #isRunning = false
  #hasBegun = false
  #isEnded = false

  constructor(
    readonly name: string,
    events: WorkerEvents,
    ran: number[],
  ) {
    this.#events = events
    this.ran = ran
  }

  get load(): number {
    return this.#sent.length
  }

  send(call: Call<unknown>): void {
    holds(this.load < this.capacity && !this.#isEnded, 'a call is sent to a worker that has room')
    this.#sent.push(call)
    if (!this.#isRunning) void createTask(() => this.#work(), { name: this.name })
    this.#isRunning = true
  }

  withdraw(call: Call<unknown>): boolean {
    const index = this.#sent.indexOf(call)
    if (index < 0 || (index === 0 && this.#hasBegun)) return false
    this.#sent[index] = null
    return true
  }

  withdrawFirst(): Call<unknown> | null {
    const call = this.#sent.find((each, index) => each !== null && !(index === 0 && this.#hasBegun)) ?? null
    if (call !== null) this.withdraw(call)
    return call
  }

  abort(call: Call<unknown>): boolean {
    return this.#hasBegun && this.#sent[0] === call
  }

  remaining(): Call<unknown>[] {
    return this.#sent.filter((call) => call !== null)
  }

  /** There is no process to send a signal to: the worker leaves before its next call. */
  signal(): void {
    this.end()
  }

  end(): void {
    this.#isEnded = true
    if (!this.#isRunning) void createTask(() => this.#leave(), { name: `${this.name}-leaves` })
  }

  *#work(): Coroutine<void> {
    while (this.#sent.length > 0 && !this.#isEnded) {
      const [call] = this.#sent
      this.#hasBegun = true
      if (call !== null) {
        holds(!call!.cancelled(), 'a call that was cancelled in time is not begun')
        this.ran.push(call!.request.args[0] as number)
      }
      yield* sleep(0.001 * choose(3))
      if (choose(10) === 9) break
      this.#sent.shift()
      this.#hasBegun = false
      this.reports++
      this.#events.reported(this, call!, call === null ? null : { kind: 'result', value: call!.request.args[0] })
    }
    // One that is lost is still sent calls until it is known.
    if (this.#sent.length > 0 || this.#isEnded) yield* this.#leave()
    this.#isRunning = false
  }

  *#leave(): Coroutine<void> {
    yield* sleep(0.001 * choose(2))
    this.#events.ended(this, { what: 'ended', cause: undefined })
  }
}

function pool(title: string, terminateOnCancel: boolean): Explored {
  return {
    title,
    cancels: { count: 3, tasks: (task) => task.getName().startsWith('caller') },
    *main(): Coroutine<void> {
      const ran: number[] = []
      const shared = new Pool({
        maxWorkers: 2,
        namePrefix: 'worker',
        terminateOnCancel,
        newWorker: (name, events) => new TimedWorker(name, events, ran),
        newError: (message) => new WorkerLost(message),
      })
      always(() => {
        holds(shared.size <= 2, 'there are no more workers than allowed')
        holds(new Set(ran).size === ran.length, 'no call is run twice')
      })
      const target: Target = { id: 1, name: 'work', definition: ['return 1'] }
      const caller = function* (id: number): Coroutine<number> {
        return yield* shared.submit<number>({ kind: 'run', target, args: [id], isSentOnce: false, context: undefined })
      }
      const callers = [0, 1, 2, 3, 4, 5].map((id) => createTask(() => caller(id), { name: `caller-${id}` }))
      yield* wait(callers)
      endedWell(callers, WorkerLost)
      callers.forEach((task, id) => {
        if (task.cancelled()) return
        if (task.exception() !== null) {
          return holds(ran.includes(id), 'only a call that had begun is lost with its worker')
        }
        holds(task.result() === id && ran.includes(id), 'each caller gets its own result')
      })
      yield* gather(shared.shutdown(true, false))
      holds(shared.size === 0, 'no worker is left after a shutdown')
    },
  }
}

export const executorPrograms: readonly Explored[] = [
  pool('a pool of workers that tells calls of their cancel', false),
  pool('a pool of workers that are ended with a call that is cancelled', true),
]
