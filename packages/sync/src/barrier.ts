import { coroutine } from '@asyncio-ts/core'
import { Inspectable } from '@asyncio-ts/core/primitives'
import type { Coroutine, CoroutineObject } from '@asyncio-ts/core'
import { checkCount } from './check-count.ts'
import { Condition } from './condition.ts'
import { BrokenBarrierError } from './errors.ts'

/** A task that has come, and its place, which is final once all have come. */
interface Arrival {
  place: number
}

type State = 'filling' | 'draining' | 'resetting' | 'broken'

/**
 * Holds tasks back until a number of them have come, then lets them all go on; and again.
 *
 * @remarks
 * **Differences from CPython** `async with barrier as i:` is `const i = await barrier.wait()`.
 * @example
 * import { Barrier } from '@asyncio-ts/sync'
 *
 * const barrier = new Barrier(2)
 * console.log(await Promise.all([barrier.wait(), barrier.wait()]))
 * @see https://docs.python.org/3/library/asyncio-sync.html#asyncio.Barrier
 */
export class Barrier extends Inspectable {
  // Invariant BARRIER-1: draining or resetting ⇒ some task has passed and not left yet; nobody enters before all have left.
  readonly #condition = new Condition()
  readonly #parties: number
  #state: State = 'filling'
  /** Those who have come and not left, in order. */
  #arrivals: Arrival[] = []

  /**
   * @param parties - how many have to come
   * @throws TypeError when it is not a number
   * @throws ValueError when it is not a whole number of at least 1
   */
  constructor(parties: number) {
    checkCount('parties', parties, 1)
    super()
    this.#parties = parties
  }

  /**
   * How many have to come.
   *
   * @see https://docs.python.org/3/library/asyncio-sync.html#asyncio.Barrier.parties
   */
  get parties(): number {
    return this.#parties
  }

  /**
   * How many are waiting for the others to come.
   *
   * @see https://docs.python.org/3/library/asyncio-sync.html#asyncio.Barrier.n_waiting
   */
  get nWaiting(): number {
    return this.#state === 'filling' ? this.#arrivals.length : 0
  }

  /**
   * Whether the barrier has been aborted, and not been reset since.
   *
   * @see https://docs.python.org/3/library/asyncio-sync.html#asyncio.Barrier.broken
   */
  get broken(): boolean {
    return this.#state === 'broken'
  }

  /**
   * Waits until all have come.
   *
   * @returns the place in the order of arrival, from 0 on: different for each
   * @throws BrokenBarrierError when the barrier is broken, or is reset or aborted meanwhile
   *
   * @remarks
   * **Cancellation** The caller leaves, and the others go on waiting: the barrier is not broken.
   * **Differences from CPython** Places are given when all have come, so that they are 0, 1, 2 even if a waiting task was
   * cancelled before. In CPython a place may then be given twice, and 0 to nobody.
   * @see https://docs.python.org/3/library/asyncio-sync.html#asyncio.Barrier.wait
   */
  wait(): CoroutineObject<number> {
    return Barrier.#wait.call(this)
  }

  /**
   * Empties the barrier: whoever waits gets a BrokenBarrierError, and it can be used anew, also after an abort.
   *
   * @remarks
   * **Cancellation** A caller that is cancelled while it waits for its turn changes nothing.
   * **Differences from CPython** None.
   * @see https://docs.python.org/3/library/asyncio-sync.html#asyncio.Barrier.reset
   */
  reset(): CoroutineObject<void> {
    return this.#condition.with(() => {
      this.#state = this.#arrivals.length === 0 ? 'filling' : 'resetting'
      this.#condition.notifyAll()
    })
  }

  /**
   * Breaks the barrier: whoever waits, and whoever comes, gets a BrokenBarrierError until it is reset.
   *
   * @remarks
   * **Cancellation** A caller that is cancelled while it waits for its turn changes nothing.
   * **Differences from CPython** None.
   * @see https://docs.python.org/3/library/asyncio-sync.html#asyncio.Barrier.abort
   */
  abort(): CoroutineObject<void> {
    return this.#condition.with(() => {
      this.#state = 'broken'
      this.#condition.notifyAll()
    })
  }

  static readonly #wait = /* @__PURE__ */ coroutine(
    function* (this: Barrier): Coroutine<number> {
      const guard = yield* this.#condition.acquire()
      try {
        yield* this.#untilOpen()
        const arrival: Arrival = { place: 0 }
        this.#arrivals.push(arrival)
        try {
          if (this.#arrivals.length === this.#parties) this.#open()
          else yield* this.#untilFull()
          return arrival.place
        } finally {
          this.#leave(arrival)
        }
      } finally {
        guard.release()
      }
    },
    { name: 'Barrier.wait' },
  );

  *#untilOpen(): Coroutine<void> {
    yield* this.#condition.waitFor(() => this.#state !== 'draining' && this.#state !== 'resetting')
    if (this.#state === 'broken') throw new BrokenBarrierError('Barrier aborted: reset() it before it is used again.')
  }

  *#untilFull(): Coroutine<void> {
    yield* this.#condition.waitFor(() => this.#state !== 'filling')
    if (this.#state === 'broken' || this.#state === 'resetting') {
      throw new BrokenBarrierError('Abort or reset of barrier while waiting.')
    }
  }

  #open(): void {
    this.#state = 'draining'
    this.#arrivals.forEach((arrival, place) => {
      arrival.place = place
    })
    this.#condition.notifyAll()
  }

  /** The last to leave opens the barrier for those who came meanwhile. */
  #leave(arrival: Arrival): void {
    this.#arrivals.splice(this.#arrivals.indexOf(arrival), 1)
    if (this.#arrivals.length > 0) return
    if (this.#state === 'draining' || this.#state === 'resetting') this.#state = 'filling'
    this.#condition.notifyAll()
  }

  /** Appears as in CPython, without the address. */
  override toString(): string {
    const waiters = this.broken ? '' : `, waiters:${this.nWaiting}/${this.#parties}`
    return `<Barrier [${this.#state}${waiters}]>`
  }
}
