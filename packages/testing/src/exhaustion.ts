import { ReplayDecider } from './decider.ts'
import type { Decider } from './decider.ts'
import type { Decision } from './recorder.ts'

/**
 * Goes through every schedule whose steps depart from asyncio's order at most so many times: depth first, from the last
 * decision of the schedule that was run to the first.
 */
export class Exhaustion {
  readonly #preemptions: number
  #prefix: readonly Decision[] = []

  constructor(preemptions: number) {
    this.#preemptions = preemptions
  }

  /** Decides the next schedule: as asyncio does, once the prefix has come to its end. */
  decider(): Decider {
    return new ReplayDecider(this.#prefix)
  }

  /**
   * Takes the schedule that was run as done.
   *
   * @returns whether there is another one
   */
  next(decisions: readonly Decision[]): boolean {
    const cost: number[] = [0]
    for (const { kind, value } of decisions) cost.push(cost.at(-1)! + (isDeparture(kind) && value > 0 ? 1 : 0))
    for (let index = decisions.length - 1; index >= 0; index--) {
      const decision = decisions[index]!
      if (decision.value + 1 >= decision.of) continue
      if (isDeparture(decision.kind) && cost[index]! + 1 > this.#preemptions) continue
      this.#prefix = [...decisions.slice(0, index), { ...decision, value: decision.value + 1 }]
      return true
    }
    return false
  }
}

/** Whether a decision is about the order of events: the others are part of what the program is given. */
function isDeparture(kind: Decision['kind']): boolean {
  return kind === 'run' || kind === 'settle'
}
