import type * as core from '@asyncio-ts/core'
import { activeResources } from './real-host.ts'

/** What the loop itself, or nothing at all, waits for. */
const IGNORED = /^(Immediate|TickObject|Microtask|.*Server.*)$/

/** Open, and perhaps silent for ever. */
const MAY_BE_SILENT = /^(TCP|TCPSocketWrap|PipeWrap|Pipe|UDPWrap|UDP|TTYWrap|MessagePort|TLSWrap)$/

/** The timer with which a running loop keeps the process alive. */
const OF_A_RUNNING_LOOP = ['Timeout']

const TIMER = 'Timeout'

/** How long a timer of the program may be taken for one that was there before, in milliseconds. */
const DOUBT_MS = 50

/**
 * Tells real I/O from silence, by what keeps the process alive now and did not when this was made.
 *
 * The host counts timers and does not name them. When one has ended while there are some from before, it may have been
 * one of those: the program counts as busy for a while longer.
 */
export class HostActivity {
  readonly #before = counted([...activeResources(), ...OF_A_RUNNING_LOOP])
  #hadTimers = false
  #doubtedCount = Infinity
  #doubtEndsMs = 0

  now(): core.HostActivity {
    let activity: core.HostActivity = 'none'
    const current = counted(activeResources())
    if (this.#doubtsTimers(current.get(TIMER) ?? 0)) return 'busy'
    for (const [name, count] of current) {
      if (count <= (this.#before.get(name) ?? 0)) continue
      if (!MAY_BE_SILENT.test(name)) return 'busy'
      activity = 'open'
    }
    return activity
  }

  #doubtsTimers(count: number): boolean {
    const before = this.#before.get(TIMER) ?? 0
    if (count > before) {
      this.#hadTimers = true
      this.#doubtedCount = Infinity
      return false
    }
    if (!this.#hadTimers || count <= OF_A_RUNNING_LOOP.length) return false
    const nowMs = performance.now()
    if (count < this.#doubtedCount) {
      this.#doubtedCount = count
      this.#doubtEndsMs = nowMs + DOUBT_MS
    }
    this.#hadTimers = nowMs < this.#doubtEndsMs
    return this.#hadTimers
  }
}

function counted(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) if (!IGNORED.test(name)) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}
