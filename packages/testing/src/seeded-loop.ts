import { allTasks, isCancelled, RuntimeError } from '@asyncio-ts/core'
import type { ExceptionContext, Task } from '@asyncio-ts/core'
import { lettingMicrotasksRun } from '@asyncio-ts/core/primitives'
import type { KernelTask, Runnable } from '@asyncio-ts/core/primitives'
import type { Decider } from './decider.ts'
import type { NetworkOptions } from './memory/network-options.ts'
import { ReadyLanes } from './ready-lanes.ts'
import type { LaneChooser } from './ready-lanes.ts'
import { Recorder } from './recorder.ts'
import { Trace } from './trace.ts'
import { VirtualLoop } from './virtual-loop.ts'

/** Which tasks a schedule may cancel. */
export interface CancelOptions {
  /** How many times at most in one schedule. */
  count: number
  /** Says which tasks may be cancelled; all but main when absent. */
  tasks?: ((task: Task) => boolean) | undefined
}

/** What every schedule of a program has in common. */
export interface ScheduleOptions {
  /** Cancels tasks at their awaits: how many times at most in one schedule, 0 when absent. */
  cancels?: number | CancelOptions | undefined
  /** After how many steps a program that has not ended counts as one that never will; 100,000 when absent. */
  maxSteps?: number | undefined
  /** How the network in memory behaves: what it leaves open, the schedule decides. */
  network?: NetworkOptions | undefined
  /** Turns debug mode on or off; as the environment says when absent. */
  debug?: boolean | undefined
}

const MAX_STEPS = 100_000

/** What the host does is no part of a schedule: a program that waits for it this long waits in vain. */
const HOST_PATIENCE_MS = 1000

/** A program did not end within the steps it was given: it goes round in circles, perhaps. */
export class Livelock extends RuntimeError {}
Object.defineProperty(Livelock.prototype, 'name', { value: 'Livelock' })
Object.defineProperty(Livelock.prototype, 'code', { value: 'ERR_ASYNCIO_LIVELOCK' })

/** A loop whose order of events a {@link Decider} decides. */
export class SeededLoop extends VirtualLoop implements LaneChooser {
  readonly _recorder: Recorder
  readonly _trace: Trace | null
  readonly #lanes: ReadyLanes
  readonly #isEligible: (task: Task) => boolean
  readonly #maxSteps: number
  readonly #invariants: (() => void)[] = []
  #main: KernelTask | null = null
  #cancelsLeft: number
  #cancelled = 0
  #steps = 0
  /** Set by the first failure: from then on the program is only cleaned up. */
  #failure: { error: unknown } | null = null

  constructor(decider: Decider, options: ScheduleOptions, isTraced: boolean) {
    const recorder = new Recorder(decider)
    const { cancels = 0, maxSteps = MAX_STEPS, debug = false, network } = options
    const hostPatienceMs = HOST_PATIENCE_MS
    const lanes = new ReadyLanes({
      beforeStep: () => this.beforeStep(),
      settle: () => this.settle(),
      pick: (candidates) => this.pick(candidates),
      onRun: (item, lane) => this.onRun(item, lane),
    })
    super({ debug, network, ready: lanes, logTimers: isTraced, nameMain: true, hostPatienceMs })
    this.#lanes = lanes
    this._recorder = recorder
    this._trace = isTraced ? new Trace(this._lookup) : null
    this.#cancelsLeft = typeof cancels === 'number' ? cancels : cancels.count
    this.#isEligible = (typeof cancels === 'object' && cancels.tasks) || (() => true)
    this.#maxSteps = maxSteps
    this.setExceptionHandler((_loop, context) => this._fail(unhandled(context)))
  }

  get _steps(): number {
    return this.#steps
  }

  get _failure(): { readonly error: unknown } | null {
    return this.#failure
  }

  /** Ends the run with a failure. What follows it is not the program's fault. */
  _fail(error: unknown): void {
    if (this.#failure !== null) return
    this._trace?.end()
    this.#failure = { error }
    if (this.isRunning()) this._interrupt(error)
  }

  /** Notes that main has failed. A cancel that came from the schedule is allowed to come out of it. */
  _mainFailed(error: unknown): void {
    if (this.#cancelled === 0 || !isCancelled(error)) this._fail(error)
  }

  /** What follows is the clean-up, which no schedule interrupts. */
  _mainEnded(): void {
    this.#cancelsLeft = 0
    if (this.#failure === null) this._trace?.mainEnded()
  }

  _addInvariant(check: () => void): void {
    this.#invariants.push(check)
  }

  override _choose(max: number): number {
    if (max <= 1) return 0
    const chosen = this.#decide(() => this._recorder.draw(max))
    this._trace?.draw(chosen, max)
    return chosen
  }

  override _registerTask(task: KernelTask): void {
    super._registerTask(task)
    this.#main ??= task
  }

  override _interrupt(error: unknown): boolean {
    if (this.#failure === null) {
      this._trace?.end()
      this.#failure = { error }
    }
    return super._interrupt(error)
  }

  protected override _turn(): boolean {
    if (this.#failure === null) {
      this._trace?.settle()
      this.#checkInvariants()
    }
    this.#lanes.beginTurn()
    return super._turn()
  }

  /** @internal */
  beforeStep(): void {
    if (this.#failure === null) {
      // A task is cancelled at an await: an async function that is about to go on is at none.
      if (!lettingMicrotasksRun()) this.#cancelSome()
      if (this.#steps >= this.#maxSteps) {
        this._fail(new Livelock(`The program did not end within ${this.#steps} steps.`))
      }
    }
    if (this.#steps++ > 2 * this.#maxSteps) super._interrupt(this.#failure?.error)
  }

  /**
   * What the loop's own order leaves to the end of a turn may as well happen in the middle of it: wake-ups may come in
   * turns of their own.
   *
   * @internal
   */
  settle(): boolean {
    if (!lettingMicrotasksRun()) return false
    let isChosen = false
    this.#decide(() => ((isChosen = this._recorder.settle(this.#steps)), 0))
    return isChosen
  }

  /** @internal */
  pick(lanes: readonly object[]): number {
    return this.#decide(() => this._recorder.pick(this.#steps, lanes))
  }

  /** @internal */
  onRun(item: Runnable, lane: object): void {
    this._trace?.begin(this.#steps, item, lane)
  }

  /** After a failure nothing is decided any more; a chooser that throws is one. */
  #decide(decision: () => number): number {
    if (this.#failure !== null) return 0
    try {
      return decision()
    } catch (error) {
      this._fail(error)
      return 0
    }
  }

  /** Settled: every microtask of the last turn has run. */
  #checkInvariants(): void {
    try {
      for (const check of this.#invariants) check()
    } catch (error) {
      this._fail(error)
    }
  }

  #cancelSome(): void {
    if (this.#cancelsLeft === 0) return
    const tasks = [...allTasks(this)].filter((task) => (task as KernelTask) !== this.#main && this.#isEligible(task))
    if (tasks.length === 0) return
    const chosen = this.#decide(() => this._recorder.cancel(this.#steps, tasks.length))
    if (chosen === 0) return
    this.#cancelsLeft--
    this.#cancelled++
    this._trace?.cancel(this.#steps, tasks[chosen - 1]!)
    tasks[chosen - 1]!.cancel()
  }
}

function unhandled({ message, exception }: ExceptionContext): unknown {
  if (exception === undefined) return new RuntimeError(message)
  return new RuntimeError(`${message}: ${String(exception)}`, { cause: exception })
}
