import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Call } from '../src/call.ts'
import { Pool } from '../src/pool.ts'
import type { PoolWorker, WorkerEvents } from '../src/pool-worker.ts'
import type { Target } from '../src/target.ts'

const target: Target = { id: 1, name: 'work', definition: ['return 1'] }

/** A worker that does nothing by itself. */
class FakeWorker implements PoolWorker {
  readonly isReady = true
  reports = 0
  /** The calls that were sent; null where one was taken back. */
  readonly sent: (Call<unknown> | null)[] = []
  hasBegun = false
  isEnding = false

  constructor(
    readonly name: string,
    readonly capacity: number,
    readonly events: WorkerEvents,
  ) {}

  get load(): number {
    return this.sent.length
  }

  send(call: Call<unknown>): void {
    expect(this.isEnding).toBe(false)
    expect(this.load).toBeLessThan(this.capacity)
    if (call.request.isSentOnce) expect(this.load).toBe(0)
    this.sent.push(call)
  }

  withdraw(call: Call<unknown>): boolean {
    const index = this.sent.indexOf(call)
    if (index < 0 || (index === 0 && this.hasBegun)) return false
    this.sent[index] = null
    return true
  }

  withdrawFirst(): Call<unknown> | null {
    const waiting = this.sent.slice(this.hasBegun ? 1 : 0)
    const call = waiting.find((each) => each !== null && !each.request.isSentOnce) ?? null
    if (call !== null) this.withdraw(call)
    return call
  }

  abort(call: Call<unknown>): boolean {
    return this.hasBegun && this.sent[0] === call
  }

  remaining(): Call<unknown>[] {
    return this.sent.filter((call) => call !== null)
  }

  end(): void {
    this.isEnding = true
  }

  signal(): void {
    this.end()
  }
}

type Step =
  | { do: 'submit'; isSentOnce: boolean }
  | { do: 'cancel'; which: number }
  | { do: 'begin' | 'report' | 'crash' | 'ended'; worker: number }

/** What happens to a pool, and what has to hold all the time. */
class Model {
  readonly workers: FakeWorker[] = []
  readonly calls: Call<number>[] = []
  readonly begun: number[] = []
  readonly lost = new Set<number>()
  /** How many workers ended just before they began a call. */
  readonly strikes = new Map<number, number>()
  readonly pool: Pool

  constructor(
    readonly maxWorkers: number,
    readonly capacity: number,
    terminateOnCancel: boolean,
  ) {
    this.pool = new Pool({
      maxWorkers,
      namePrefix: 'fake',
      terminateOnCancel,
      newWorker: (name, events) => {
        const worker = new FakeWorker(name, capacity, events)
        this.workers.push(worker)
        return worker
      },
      newError: (message, options) => new Error(message, options),
    })
  }

  take(step: Step): void {
    if (step.do === 'submit') this.submit(step.isSentOnce)
    else if (step.do === 'cancel') this.calls[step.which % this.calls.length]?.cancel()
    else {
      const worker = this.workers[step.worker % this.workers.length]
      if (worker !== undefined) this.act(step.do, worker)
    }
    this.check()
  }

  submit(isSentOnce: boolean): void {
    const args = [this.calls.length]
    this.calls.push(this.pool.submit<number>({ kind: 'run', target, args, isSentOnce, context: undefined }))
  }

  act(what: 'begin' | 'report' | 'crash' | 'ended', worker: FakeWorker): void {
    const [first] = worker.sent
    if (what === 'ended' || what === 'crash') {
      if (worker.isEnding !== (what === 'ended')) return
      if (first !== null && first !== undefined && (worker.hasBegun || first.request.isSentOnce)) {
        this.lost.add(this.numberOf(first))
      }
      if (what === 'crash') this.strike(worker)
      this.workers.splice(this.workers.indexOf(worker), 1)
      worker.events.ended(worker, { what: 'ended', cause: undefined })
    } else if (first === null) {
      worker.sent.shift()
      worker.events.reported(worker, null, null)
    } else if (first !== undefined && what === 'begin' && !worker.hasBegun && !worker.isEnding) {
      worker.hasBegun = true
      this.begun.push(this.numberOf(first))
      expect(first.cancelled()).toBe(false)
    } else if (first !== undefined && what === 'report' && worker.hasBegun) {
      worker.sent.shift()
      worker.hasBegun = false
      worker.events.reported(worker, first, { kind: 'result', value: this.numberOf(first) })
    }
  }

  /** A call that two workers die of is poison; where something else was lost, that was the reason. */
  strike(worker: FakeWorker): void {
    const calls = worker.remaining()
    if (worker.hasBegun || calls.some((call) => call.request.isSentOnce)) return
    const number = calls[0] === undefined ? null : this.numberOf(calls[0])
    if (number !== null) this.strikes.set(number, (this.strikes.get(number) ?? 0) + 1)
  }

  numberOf(call: Call<unknown>): number {
    return call.request.args[0] as number
  }

  check(): void {
    expect(new Set(this.begun).size).toBe(this.begun.length)
    if (this.maxWorkers === 1 && this.capacity === 1) expect(this.begun).toEqual([...this.begun].sort((a, b) => a - b))
    const working = this.workers.filter((worker) => !worker.isEnding)
    expect(working.length).toBeLessThanOrEqual(this.maxWorkers)
    expect(this.pool.size).toBe(working.length)
    const isIdle = working.some((worker) => worker.load === 0)
    const waiting = working.filter((worker) => worker.sent.slice(1).some((call) => call !== null))
    // POOL-1 and more: nobody waits behind another call while there is a worker with nothing to do.
    if (isIdle) expect(waiting).toEqual([])
    const left = this.calls.filter((call) => !call.done())
    if (left.length > 0) expect(this.workers.some((worker) => worker.load > 0 || worker.isEnding)).toBe(true)
  }

  /** Lets everything end that can. */
  async drain(): Promise<void> {
    const down = this.pool.shutdown(true, false)
    for (let rounds = 0; this.workers.length > 0; rounds++) {
      expect(rounds).toBeLessThan(1000)
      for (const worker of [...this.workers]) {
        this.act(worker.isEnding ? 'ended' : 'begin', worker)
        this.act('report', worker)
      }
    }
    await down
  }
}

const sizes = fc.constantFrom(1, 3)

const steps = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.nat(4).map<Step>((n) => ({ do: 'submit', isSentOnce: n === 0 })) },
    { weight: 2, arbitrary: fc.nat(50).map<Step>((which) => ({ do: 'cancel', which })) },
    { weight: 4, arbitrary: fc.nat(5).map<Step>((worker) => ({ do: 'begin', worker })) },
    { weight: 4, arbitrary: fc.nat(5).map<Step>((worker) => ({ do: 'report', worker })) },
    { weight: 1, arbitrary: fc.nat(5).map<Step>((worker) => ({ do: 'crash', worker })) },
    { weight: 2, arbitrary: fc.nat(5).map<Step>((worker) => ({ do: 'ended', worker })) },
  ),
  { maxLength: 80 },
)

describe('a pool', () => {
  it('runs every call once, but those that are cancelled before, whatever happens', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.constantFrom(1, 2, 3), sizes, fc.boolean(), async (all, ...options) => {
        const model = new Model(...options)
        for (const step of all) model.take(step)
        await model.drain()
        for (const [number, call] of model.calls.entries()) {
          if (call.cancelled()) continue
          expect(model.strikes.get(number) ?? 0).toBeLessThanOrEqual(2)
          if (model.strikes.get(number) === 2) {
            expect((call.exception() as Error).message).toMatch(/before it had begun 'work', and so did another/)
            continue
          }
          if (!call.request.isSentOnce) expect(model.begun).toContain(number)
          if (model.lost.has(number)) expect((call.exception() as Error).message).toMatch(/ended while it ran 'work'/)
          else expect(call.result()).toBe(number)
        }
      }),
      { numRuns: 500 },
    )
  })
})
