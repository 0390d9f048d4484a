import type { Host } from '../contract/host.ts'
import type { KernelLoop } from '../contract/kernel.ts'
import { runtime } from '../runtime.ts'
import type { Scheduler } from './scheduler.ts'

/** In seconds. Longer slices make nothing faster and keep sockets waiting; shorter ones cost more trips to the host. */
const SLICE = 0.00008
/** How many items run between two looks at the clock, which costs as much as a step. */
const ITEMS_PER_CLOCK_READ = 32

/**
 * Turns a loop on a host: slices of turns, with I/O let in between them.
 *
 * Invariant PUMP-1: while the pump runs, exactly one of these holds: it is idle; a tick is deferred; a slice is under way;
 * an event of the host is being handled.
 */
export class Pump {
  /** True when something that is queued must wake the pump. */
  idle = false
  #running = false
  readonly #loop: KernelLoop
  readonly #scheduler: Scheduler
  readonly #host: Host
  #stopped: (() => void) | null = null
  #stopRequested = false
  #sliceEnd = 0
  /** Set when a timer is added that is due within the slice: the clock is read before the next turn. */
  #isTimerSoon = false
  #hostTimer: unknown = null
  #hostTimerWhen = Infinity

  constructor(loop: KernelLoop, scheduler: Scheduler, host: Host) {
    this.#loop = loop
    this.#scheduler = scheduler
    this.#host = host
  }

  get running(): boolean {
    return this.#running
  }

  /** @param stopped - called once the turn in which {@link requestStop} was called has ended */
  start(stopped: (() => void) | null): void {
    this.#running = true
    this.#stopped = stopped
    this.idle = true
    this.wake()
  }

  /** Ends the pump after the current turn, or after exactly one turn when it does not run yet. */
  requestStop(): void {
    this.#stopRequested = true
    if (this.idle) this.wake()
  }

  /** Called when something is queued while the pump is idle. */
  wake(): void {
    this.idle = false
    this.#host.defer(this.#tick)
  }

  /**
   * To be called first in a callback of the host that brings I/O, with nothing of the program below it on the stack.
   *
   * @returns whether {@link endEvent} has to be called last: it makes the turns that the callback has given reason for.
   * A trip through the host's loop would cost more than they do.
   */
  beginEvent(): boolean {
    const entered = this.idle
    this.idle = false
    return entered
  }

  endEvent(): void {
    if (this.#stopRequested || this.#scheduler.ready.size > 0) this.#tick()
    else this.#sleep()
  }

  /** Called when a timer is added: an idle pump has to set the host's timer for it. */
  noteTimer(when: number): void {
    if (when <= this.#sliceEnd) this.#isTimerSoon = true
    if (this.idle && (this.#hostTimer === null || when < this.#hostTimerWhen)) this.wake()
  }

  /** Clears the host's timer, which would keep the process alive for nothing. */
  dropTimer(): void {
    if (this.#hostTimer === null) return
    this.#host.clearTimer(this.#hostTimer)
    this.#hostTimer = null
    this.#hostTimerWhen = Infinity
  }

  readonly #tick = (): void => {
    if (!this.#running) return
    runtime.pumping++
    runtime.epoch++
    runtime.ticks++
    const now = this.#scheduler.clock.now()
    this.#sliceEnd = now + SLICE
    this.#turns(now)
  }

  readonly #afterMicrotasks = (): void => {
    runtime.epoch++
    const { clock, observer } = this.#scheduler
    if (observer !== null) this.#scheduler.observeMicrotasks()
    const now = clock.now()
    if (!this.#running || now >= this.#sliceEnd || !this.#scheduler.hasWork(now)) this.#rest()
    else this.#turns(now)
  }

  readonly #hostTimerFired = (): void => {
    this.#hostTimer = null
    this.#hostTimerWhen = Infinity
    if (!this.idle) return
    this.idle = false
    this.#tick()
  }

  #turns(start: number): void {
    const { clock } = this.#scheduler
    const outer = runtime.loop
    runtime.loop = this.#loop
    let now = start
    let budget = ITEMS_PER_CLOCK_READ
    let settle = false
    try {
      do {
        runtime.microtasks = false
        budget -= this.#scheduler.turn(now)
        settle = runtime.microtasks
        if (budget <= 0 || this.#isTimerSoon) {
          budget = ITEMS_PER_CLOCK_READ
          this.#isTimerSoon = false
          now = clock.now()
        }
      } while (!settle && !this.#stopRequested && now < this.#sliceEnd && this.#scheduler.hasWork(now))
    } finally {
      runtime.loop = outer
      const { afterMicrotasks } = this.#host
      if (settle && !this.#stopRequested && afterMicrotasks) afterMicrotasks(this.#afterMicrotasks)
      else this.#rest()
    }
  }

  #rest(): void {
    runtime.pumping--
    if (this.#stopRequested) {
      this.#stop()
      return
    }
    if (this.#scheduler.ready.size > 0) this.#host.defer(this.#tick)
    else this.#sleep()
  }

  /** Nothing is ready: whatever is queued, the host's timer or the host's next callback will wake the pump. */
  #sleep(): void {
    const { timers, clock } = this.#scheduler
    this.idle = true
    const when = timers.nextWhen()
    if (timers.live === 0 || (this.#hostTimer !== null && when >= this.#hostTimerWhen)) return
    this.dropTimer()
    const delay = when - clock.now()
    // The shortest timer of the host takes a millisecond: what is due already need not wait for it.
    if (delay <= 0) {
      this.wake()
      return
    }
    const delayMs = Math.ceil(delay * 1000)
    this.#hostTimerWhen = when
    this.#hostTimer = this.#host.setTimer(this.#hostTimerFired, Math.min(delayMs, this.#host.maxTimerMs))
  }

  #stop(): void {
    this.#stopRequested = this.#running = this.idle = false
    this.dropTimer()
    const stopped = this.#stopped
    this.#stopped = null
    stopped?.()
  }
}
