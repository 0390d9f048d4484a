/** Random numbers that a seed repeats (mulberry32, in 32-bit arithmetic). */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** A number from 0 to `limit - 1`. */
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = this.#state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit
  }

  /** True once in `n` times. */
  chance(n: number): boolean {
    return this.below(n) === 0
  }

  of<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)]!
  }

  /** `count` of the choices, perhaps the same again. */
  some<T>(choices: readonly T[], count: number): T[] {
    return Array.from({ length: count }, () => this.of(choices))
  }
}
