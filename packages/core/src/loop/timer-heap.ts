import type { KernelTimer } from '../contract/kernel.ts'

const REBUILD_THRESHOLD = 100

/**
 * A 4-ary heap of timers by deadline; equal deadlines come out in the order they went in.
 *
 * A cancelled timer stays where it is and is skipped later; when more than half of the heap is dead it is rebuilt.
 * The keys sit in typed arrays of their own: comparing them touches no object.
 */
export class TimerHeap {
  #timers: (KernelTimer | undefined)[] = []
  #whens = new Float64Array(64)
  #sequences = new Float64Array(64)
  #sequence = 0
  #size = 0
  #dead = 0

  /** The number of timers that are not cancelled. */
  get live(): number {
    return this.#size - this.#dead
  }

  push(timer: KernelTimer): void {
    if (this.#size === this.#whens.length) this.#grow()
    timer._scheduled = true
    this.#up(this.#size++, timer, timer._when, this.#sequence++)
  }

  /** Accounts for a timer of this heap that has just been cancelled. */
  noteCancelled(): void {
    if (++this.#dead > REBUILD_THRESHOLD && this.#dead * 2 > this.#size) this.#rebuild()
  }

  /** The earliest deadline, or Infinity. */
  nextWhen(): number {
    while (this.#size > 0 && this.#timers[0]!._cancelled) {
      this.#pop()
      this.#dead--
    }
    return this.#size > 0 ? this.#whens[0]! : Infinity
  }

  /** Takes the earliest timer when it is due at `now`. */
  popDue(now: number): KernelTimer | undefined {
    return this.nextWhen() <= now && this.#size > 0 ? this.#pop() : undefined
  }

  clear(): void {
    for (let i = 0; i < this.#size; i++) this.#timers[i]!._scheduled = false
    this.#timers = []
    this.#size = this.#dead = 0
  }

  #pop(): KernelTimer {
    const first = this.#timers[0]!
    const last = --this.#size
    const timer = this.#timers[last]!
    this.#timers[last] = undefined
    if (last > 0) this.#down(0, timer, this.#whens[last]!, this.#sequences[last]!)
    first._scheduled = false
    return first
  }

  #set(index: number, timer: KernelTimer, when: number, sequence: number): void {
    this.#timers[index] = timer
    this.#whens[index] = when
    this.#sequences[index] = sequence
  }

  #up(index: number, timer: KernelTimer, when: number, sequence: number): void {
    const whens = this.#whens
    while (index > 0) {
      const parent = (index - 1) >> 2
      // The newest sequence is the largest, so an equal deadline stays below.
      if (whens[parent]! <= when) break
      this.#set(index, this.#timers[parent]!, whens[parent]!, this.#sequences[parent]!)
      index = parent
    }
    this.#set(index, timer, when, sequence)
  }

  #down(index: number, timer: KernelTimer, when: number, sequence: number): void {
    const whens = this.#whens
    const sequences = this.#sequences
    const size = this.#size
    for (;;) {
      let least = index * 4 + 1
      if (least >= size) break
      const end = Math.min(least + 4, size)
      for (let child = least + 1; child < end; child++) {
        const difference = whens[child]! - whens[least]!
        if (difference < 0 || (difference === 0 && sequences[child]! < sequences[least]!)) least = child
      }
      const difference = whens[least]! - when
      if (difference > 0 || (difference === 0 && sequences[least]! > sequence)) break
      this.#set(index, this.#timers[least]!, whens[least]!, sequences[least]!)
      index = least
    }
    this.#set(index, timer, when, sequence)
  }

  #grow(): void {
    const capacity = this.#whens.length * 2
    const whens = new Float64Array(capacity)
    const sequences = new Float64Array(capacity)
    whens.set(this.#whens)
    sequences.set(this.#sequences)
    this.#whens = whens
    this.#sequences = sequences
  }

  #rebuild(): void {
    let size = 0
    for (let i = 0; i < this.#size; i++) {
      const timer = this.#timers[i]!
      if (timer._cancelled) timer._scheduled = false
      else this.#set(size++, timer, this.#whens[i]!, this.#sequences[i]!)
    }
    this.#timers.length = size
    this.#size = size
    this.#dead = 0
    for (let i = (size - 2) >> 2; i >= 0; i--) this.#down(i, this.#timers[i]!, this.#whens[i]!, this.#sequences[i]!)
  }
}
