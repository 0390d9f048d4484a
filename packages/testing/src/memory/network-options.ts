import { ValueError } from '@asyncio-ts/core'
import type { KernelLoop } from '@asyncio-ts/core/primitives'
import { Random } from '../random.ts'

/** How a network in memory behaves. What it leaves open, the seed of the schedule decides. */
export interface NetworkOptions {
  /** How long bytes are under way, in seconds: always, or between two bounds. 0 when absent. */
  latency?: number | readonly [least: number, most: number] | undefined
  /** Hands bytes out in pieces of any size, as TCP may. False when absent: what is there comes together. */
  chunks?: boolean | undefined
  /** How likely it is that a connection breaks when bytes arrive, from 0 to 1. 0 when absent. */
  loss?: number | undefined
  /** How many bytes are under way, or arrived and not read, before the writer's buffer fills; 64 KiB when absent. */
  windowBytes?: number | undefined
  /** Decides where the loop itself has no seed: on loops other than those of {@link explore}. */
  seed?: number | undefined
}

/** A loop that has a say in what its program leaves open. */
interface Chooses {
  _choose?(max: number, random: Random): number
}

const WINDOW_BYTES = 64 * 1024
/** Into how many steps latencies and probabilities are divided. */
const LATENCY_STEPS = 8
const LOSS_STEPS = 1000

/** What a network decides, one question at a time. */
export class NetworkDecisions {
  readonly windowBytes: number
  readonly #least: number
  readonly #most: number
  readonly #chunks: boolean
  readonly #lost: number
  readonly #choose: (max: number) => number

  constructor(loop: KernelLoop, options: NetworkOptions) {
    const { latency = 0, chunks = false, loss = 0, windowBytes = WINDOW_BYTES, seed = 0 } = options
    const [least, most] = typeof latency === 'number' ? [latency, latency] : latency
    if (!(least >= 0 && most >= least)) {
      throw new ValueError(`latency is a number of seconds, or two, got ${String(latency)}.`)
    }
    if (!(loss >= 0 && loss <= 1)) throw new ValueError(`loss is a probability from 0 to 1, got ${loss}.`)
    if (!(windowBytes >= 1)) throw new ValueError(`windowBytes is a number of bytes above 0, got ${windowBytes}.`)
    this.#least = least
    this.#most = most
    this.#chunks = chunks
    this.#lost = Math.round(loss * LOSS_STEPS)
    this.windowBytes = windowBytes
    const random = new Random(seed)
    this.#choose = (max) => (loop as Chooses)._choose?.(max, random) ?? random.next(max)
  }

  /** How long the next bytes are under way, in seconds. */
  latency(): number {
    if (this.#least === this.#most) return this.#least
    return this.#least + ((this.#most - this.#least) * this.#choose(LATENCY_STEPS)) / (LATENCY_STEPS - 1)
  }

  /** How many of so many bytes are handed out together: all of them when there is no choice. */
  chunk(bytes: number): number {
    return this.#chunks && bytes > 1 ? this.#choose(bytes) || bytes : bytes
  }

  isLost(): boolean {
    return this.#lost > 0 && this.#choose(LOSS_STEPS) >= LOSS_STEPS - this.#lost
  }
}
