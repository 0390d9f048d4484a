/** A source of whole numbers: what decides a schedule. */
export interface Chooser {
  /** A whole number from 0 up to, and without, `max`. */
  next(max: number): number
}

/**
 * Random numbers that depend on nothing but the seed: the same on every machine.
 *
 * Neighbouring seeds give sequences that have nothing to do with each other.
 */
export class Random implements Chooser {
  #state: number

  constructor(seed: number) {
    this.#state = Math.imul(seed | 0, 0x9e3779b1) ^ Math.floor(seed / 2 ** 32)
    for (let i = 0; i < 4; i++) this.#bits()
  }

  next(max: number): number {
    return Math.floor((this.#bits() / 2 ** 32) * max)
  }

  /** True once in `odds` times. */
  oneIn(odds: number): boolean {
    return this.next(odds) === 0
  }

  /** Splitmix: a counter whose bits are well stirred. */
  #bits(): number {
    this.#state = (this.#state + 0x9e3779b9) | 0
    let bits = this.#state
    bits = Math.imul(bits ^ (bits >>> 16), 0x21f0aaad)
    bits = Math.imul(bits ^ (bits >>> 15), 0x735a2d97)
    return (bits ^ (bits >>> 15)) >>> 0
  }
}
