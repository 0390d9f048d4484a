import type { Decider } from './decider.ts'
import type { Deviation } from './schedule.ts'

/** A point at which there was something to decide. */
export interface Decision extends Deviation {
  /** How many ways there were. */
  readonly of: number
}

/** Writes down what a decider decides. */
export class Recorder {
  readonly decisions: Decision[] = []
  readonly #decider: Decider
  #draws = 0

  constructor(decider: Decider) {
    this.#decider = decider
  }

  pick(step: number, lanes: readonly object[]): number {
    return this.#note('run', step, this.#decider.pick(step, lanes), lanes.length)
  }

  cancel(step: number, count: number): number {
    return this.#note('cancel', step, this.#decider.cancel(step, count), count + 1)
  }

  settle(step: number): boolean {
    return this.#note('settle', step, this.#decider.settle(step) ? 1 : 0, 2) === 1
  }

  draw(max: number): number {
    const index = this.#draws++
    return this.#note('draw', index, this.#decider.draw(index, max), max)
  }

  /** Where the run departed from asyncio's order. */
  deviations(): Deviation[] {
    return this.decisions.filter(({ value }) => value > 0).map(({ kind, at, value }) => ({ kind, at, value }))
  }

  #note(kind: Deviation['kind'], at: number, value: number, of: number): number {
    this.decisions.push({ kind, at, value, of })
    return value
  }
}
