import { Future, ValueError } from '@asyncio-ts/core'
import { reprOf } from '@asyncio-ts/core/primitives'
import type { Awaitable, HostActivity, Task } from '@asyncio-ts/core'
import type { KernelFuture, KernelTask, KernelTimer, ReadyItems, Runnable } from '@asyncio-ts/core/primitives'
import { Deadlock } from './deadlock.ts'
import { HostActivity as ProcessActivity } from './host-activity.ts'
import { holdClockInHostMethods } from './host-methods.ts'
import { MemoryEventLoop } from './memory/memory-event-loop.ts'
import type { NetworkOptions } from './memory/network-options.ts'
import { afterIo, afterMicrotasks, afterMs } from './real-host.ts'
import type { Random } from './random.ts'
import { TimerLog } from './timer-log.ts'
import { VirtualClock } from './virtual-clock.ts'

/** How many times the host may do I/O before a promise of its own counts as silent. */
const QUIET_ROUNDS = 3
/** How long open sockets have to be silent, in milliseconds of the real clock, before time advances. */
const SILENCE_MS = 10
/** How long turns may follow one another, in milliseconds of the real clock, before the host does I/O. */
const SLICE_MS = 10

/** Options of {@link VirtualLoop}. */
export interface VirtualLoopOptions {
  /** Turns debug mode on or off; as the environment says when absent. */
  debug?: boolean | undefined
  /** False keeps time still but for {@link VirtualLoop.advance}. True when absent. */
  autojump?: boolean | undefined
  /** Where the clock starts, in seconds; 0 when absent. */
  startTime?: number | undefined
  /** Told whenever time moves, so that another clock can follow. */
  onAdvance?: ((now: number, delta: number) => void) | undefined
  /**
   * How the network in memory behaves that connections and servers of this loop are made in; `'real'` makes them of
   * sockets.
   */
  network?: NetworkOptions | 'real' | undefined
  /** Keeps a list of the timers that are set, for messages and for leak checks. */
  logTimers?: boolean | undefined
  /** How long the host may be waited for, in milliseconds of the real clock, before it counts as silent. */
  hostPatienceMs?: number | undefined
  /** Names the first task `main`. */
  nameMain?: boolean | undefined
  /** Holds what is ready, and so decides in which order it runs. */
  ready?: ReadyItems | undefined
}

/**
 * An event loop on a clock of its own, which jumps to the next deadline whenever nothing is ready.
 *
 * A program that sleeps for an hour is done at once, and always in the same order. Time stands still while the host
 * works for the program: while a file is read, a process runs, an executor computes, or {@link holdClock} says so.
 *
 * When nothing is left that could go on, running it ends with a {@link Deadlock}.
 *
 * @example
 * import { run } from '@asyncio-ts/loop'
 * import { VirtualLoop } from '@asyncio-ts/testing'
 *
 * const loop = new VirtualLoop()
 * loop.callLater(3600, () => console.log('an hour later', loop.time()))
 * await loop.advance(3600)
 * loop.close()
 */
export class VirtualLoop extends MemoryEventLoop {
  // Invariant CLOCK-1: while it runs, one of these holds: a slice is under way; a tick is scheduled; the clock is held.
  readonly #clock: VirtualClock
  readonly #options: VirtualLoopOptions
  readonly #activity = new ProcessActivity()
  readonly #timers: TimerLog | null
  readonly #advances: { readonly until: number; readonly future: Future<void> }[] = []
  #holds = 0
  #stopped: (() => void) | null = null
  #stopRequested = false
  #idle = false
  /** The number of the tick that is scheduled: those before it do nothing. */
  #tickNumber = 0
  #callOff: (() => void) | void = undefined
  #quietRounds = 0
  #silentSinceMs = 0
  #sawAsyncFunctions = false
  #usesHost = false
  #taskCount = 0

  constructor(options: VirtualLoopOptions = {}) {
    const clock = new VirtualClock(options.startTime)
    super({ clock, debug: options.debug, ready: options.ready }, options.network)
    this.#clock = clock
    this.#options = options
    this.#timers = options.logTimers === true ? new TimerLog() : null
  }

  /**
   * Lets time go on by `seconds`, deadline by deadline, and returns when all that is due by then has been done.
   *
   * On a loop that does not run it runs the loop meanwhile.
   *
   * @param seconds - how long
   * @throws TypeError when it is not a number
   * @throws ValueError when it is negative or NaN
   *
   * @remarks
   * **Cancellation** The time that has gone by has gone by.
   */
  advance(seconds: number): Awaitable<void> {
    if (typeof seconds !== 'number') throw new TypeError(`advance() takes a number of seconds, got ${reprOf(seconds)}.`)
    if (!(seconds >= 0)) throw new ValueError(`advance() cannot go ${seconds} seconds: time never goes back.`)
    this._checkClosed()
    const future = new Future<void>({ loop: this })
    this.#advances.push({ until: this.time() + seconds, future })
    this.#wake()
    if (!this.isRunning()) this.runUntilComplete(future).catch((error: Error) => void future.cancel(error.message))
    return future
  }

  /**
   * Keeps time still until the returned guard is released: while the program waits for something of the real world
   * that the loop cannot see.
   *
   * @example
   * import { VirtualLoop } from '@asyncio-ts/testing'
   *
   * const loop = new VirtualLoop()
   * const hold = loop.holdClock()
   * setTimeout(() => hold.release(), 1)
   * await loop.advance(10)
   * loop.close()
   */
  holdClock(): ClockHold {
    return new ClockHold((change) => this.#changeHolds(change))
  }

  protected override _start(stopped: () => void): void {
    this.#stopped = stopped
    // From now on connections of this loop note what is on its way between them.
    this._expected()
    this.#schedule(afterMicrotasks)
  }

  override stop(): void {
    this.#stopRequested = true
    this.#wake()
  }

  override _enqueue(item: Runnable): void {
    super._enqueue(item)
    if (this.#idle) this.#wake()
  }

  override _addTimer(timer: KernelTimer): void {
    super._addTimer(timer)
    this.#timers?.add(timer)
    if (this.#idle) this.#wake()
  }

  /** Numbers unnamed tasks from 1 on each loop, so that messages do not depend on what ran before. */
  override _registerTask(task: KernelTask): void {
    super._registerTask(task)
    this.#taskCount++
    if (!/^Task-\d+$/.test(task.getName())) return
    const isMain = this.#taskCount === 1 && this.#options.nameMain === true
    task.setName(isMain ? 'main' : `Task-${this.#taskCount}`)
  }

  /** Decides what the program leaves open, such as what a network does. */
  _choose(max: number, random: Random): number {
    return random.next(max)
  }

  /** Marks this loop as one that the host calls back by itself: time then advances only after it has been silent. */
  _noteHostUse(): void {
    this.#usesHost = true
  }

  /** The timers that are set, when they are logged. */
  _pendingTimers(): KernelTimer[] {
    return this.#timers?.pending() ?? []
  }

  /** What is known about a future that no primitive owns. */
  readonly _lookup = (future: KernelFuture): string | undefined => {
    return this.#timers?.deadlineOf(future) ?? undefined
  }

  #changeHolds(change: number): void {
    this.#holds += change
    if (this.#holds === 0) this.#wake()
  }

  #wake(): void {
    if (this.#idle) this.#schedule(afterMicrotasks)
  }

  #schedule(when: (callback: () => void) => (() => void) | void): void {
    this.#idle = false
    this.#callOff?.()
    const number = ++this.#tickNumber
    this.#callOff = when(() => {
      if (number === this.#tickNumber && this.#stopped !== null) this.#slice()
    })
  }

  /** Turns until microtasks have to run, the host has to do I/O, or nothing can go on. */
  #slice(): void {
    const endMs = performance.now() + SLICE_MS
    for (;;) {
      if (this.nextTimeout() === 0 || this.#stopRequested) {
        const settle = this._turn()
        this.#quietRounds = 0
        if (this.#stopRequested) return this.#end()
        if (settle) {
          this.#sawAsyncFunctions = true
          return this.#schedule(performance.now() < endMs ? afterMicrotasks : afterIo)
        }
      } else if (!this.#jump()) return
      if (performance.now() >= endMs) return this.#schedule(afterIo)
    }
  }

  #end(): void {
    this.#stopRequested = false
    const stopped = this.#stopped!
    this.#stopped = null
    stopped()
  }

  /** Moves the clock to what comes next; returns false when that has to wait for the real world. */
  #jump(): boolean {
    const target = this.#horizon()
    const next = this._nextWhen()
    const canMove = Math.min(next, target) < Infinity && (this.#options.autojump !== false || target < Infinity)
    if (this.#holds > 0) {
      this.#idle = true
      return false
    }
    if (!canMove || this.#usesHost || (this.#sawAsyncFunctions && this.#awaitsHost())) {
      if (!this.#isHostSilent(canMove)) return false
    }
    if (canMove) this.#moveTo(Math.min(next, target), next > target)
    else if (next === Infinity) this._interrupt(new Deadlock(this, this._lookup))
    else this.#idle = true
    return canMove || next === Infinity
  }

  #moveTo(when: number, isAdvanced: boolean): void {
    const delta = when - this.time()
    if (delta > 0) {
      this.#clock.moveTo(when)
      this.#options.onAdvance?.(when, delta)
    }
    if (!isAdvanced) return
    for (const advance of this.#advances.splice(0)) {
      if (advance.until > when) this.#advances.push(advance)
      else if (!advance.future.done()) advance.future.setResult()
    }
  }

  /** Up to when `advance` has asked for time to move, or Infinity. */
  #horizon(): number {
    let earliest = Infinity
    for (const { until, future } of this.#advances) if (!future.done()) earliest = Math.min(earliest, until)
    return earliest
  }

  /** Whether an async function is parked on a promise that is none of the library's. */
  #awaitsHost(): boolean {
    for (let task = this._firstTask; task !== null; task = task._next) if ((task as Task)._waiter === null) return true
    return false
  }

  /**
   * What the host may still bring: what this loop has open itself, which it knows for sure, and what keeps the process
   * alive besides.
   */
  #awaited(): HostActivity {
    const own = this._expected()
    if (own === 'busy') return own
    const others = this.#activity.now()
    return others === 'none' ? own : others
  }

  /** Lets the host do I/O, and tells whether it has nothing left to do for this program. */
  #isHostSilent(canMove: boolean): boolean {
    if (this.#quietRounds++ < QUIET_ROUNDS) {
      if (this.#quietRounds === 1) this.#silentSinceMs = performance.now()
      this.#schedule(afterIo)
      this.#idle = true
      return false
    }
    const silentMs = performance.now() - this.#silentSinceMs
    if (silentMs >= (this.#options.hostPatienceMs ?? Infinity)) return true
    const activity = this.#awaited()
    if (activity === 'none') return true
    if (activity === 'open' && canMove && silentMs >= SILENCE_MS) return true
    this.#schedule((tick) => afterMs(tick, 1))
    this.#idle = true
    return false
  }
}
holdClockInHostMethods(VirtualLoop.prototype)

/** Keeps the clock of a {@link VirtualLoop} still until it is released. */
export class ClockHold implements Disposable {
  #change: ((change: number) => void) | null

  constructor(change: (change: number) => void) {
    this.#change = change
    change(1)
  }

  /** Lets time go on. Doing it twice does nothing. */
  release(): void {
    this.#change?.(-1)
    this.#change = null
  }

  [Symbol.dispose](): void {
    this.release()
  }
}
