import { isCancelled, isFuture } from '@asyncio-ts/core'
import { reprOf } from '@asyncio-ts/core/primitives'
import type { Task } from '@asyncio-ts/core'
import type { KernelTimer, Runnable } from '@asyncio-ts/core/primitives'
import { describeWait, nameOf } from './describe-wait.ts'
import type { Lookup } from './describe-wait.ts'
import { CALLBACKS } from './ready-lanes.ts'

/** What ends the run when main is done. */
const OF_THE_RUNNER = 'the loop calls stop()'

/** Writes down what a schedule did, step by step, for people to read. */
export class Trace {
  readonly lines: string[] = []
  readonly #lookup: Lookup
  readonly #waits = new WeakMap<object, string>()
  /** The steps of tasks of which is not known yet where they led, and the places of their lines. */
  #open: { readonly task: Task; line: number }[] = []
  #isEnded = false

  constructor(lookup: Lookup) {
    this.#lookup = lookup
  }

  /** What is left of the run is none of the program. */
  end(): void {
    this.settle()
    this.#isEnded = true
  }

  begin(step: number, item: Runnable, lane: object): void {
    if (this.#isEnded) return
    if (lane === CALLBACKS) {
      const what = describeCallback(item)
      if (what !== OF_THE_RUNNER) this.lines.push(`${numbered(step)}${what}`)
      return
    }
    const task = lane as Task
    this.#open.push({ task, line: this.lines.length })
    this.lines.push(`${numbered(step)}${nameOf(task)} ${this.#how(task)}`)
  }

  cancel(step: number, task: Task): void {
    this.lines.push(`${numbered(step)}the schedule cancels ${nameOf(task)}${this.#situation(task)}`)
  }

  /** Comes before the line of the step that asked, which is not complete yet. */
  draw(chosen: number, max: number): void {
    if (chosen === 0 || this.#isEnded) return
    const asking = this.#open.at(-1)
    this.lines.splice(asking?.line ?? this.lines.length, 0, `      the schedule chooses ${chosen} of 0 to ${max - 1}`)
    if (asking !== undefined) asking.line++
  }

  /** Marks where the clean-up begins. */
  mainEnded(): void {
    this.settle()
    this.lines.push('      main has ended: what is left is cancelled')
  }

  /** Completes the lines of the last turn, when all that its steps set off has run. */
  settle(): void {
    for (const { task, line } of this.#open.splice(0)) this.lines[line] += `, ${this.#whereto(task)}`
  }

  #situation(task: Task): string {
    const where = this.#waits.get(task)
    if (where === undefined) return ' before it begins'
    return task._waiter?._state === 0 ? `, which waits for ${where}` : `, which is about to go on after ${where}`
  }

  #how(task: Task): string {
    const where = this.#waits.get(task)
    if (where === undefined) return task._mustCancel ? 'is cancelled before it begins' : 'begins'
    if (task._mustCancel || task._waiter?._state === 3) return `gets a CancelledError in place of ${where}`
    return `goes on after ${where}`
  }

  #whereto(task: Task): string {
    if (task._state === 0) {
      const where = task._waiter === null ? 'others to have their turn' : describeWait(task, this.#lookup)
      this.#waits.set(task, where)
      return `waits for ${where}`
    }
    if (task._state === 1) return 'ends'
    return isCancelled(task._value) || task._state === 3 ? 'ends cancelled' : `fails with ${reprOf(task._value)}`
  }
}

function describeCallback(item: Runnable): string {
  const { _when: when } = item as Partial<KernelTimer>
  if (isFuture(item)) return when === undefined ? 'a future hears of another' : `the clock has reached ${when} s`
  return `the loop calls ${reprOf(item)}`
}

function numbered(step: number): string {
  return `${String(step).padStart(4)}. `
}
