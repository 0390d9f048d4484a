import { checkLimits, InertCoroutine, refuseAborted } from '@asyncio-ts/core'
import type { Coroutine, WaitLimits } from '@asyncio-ts/core'
import type { Guard } from './guard.ts'

/** What an {@link Acquire} needs of a primitive. */
interface Acquirable {
  /** Acquires if that needs no waiting. */
  _tryAcquire(): Guard | null
  _wait(limits: WaitLimits | undefined): Coroutine<Guard>
}

/** What `acquire` returns: without a generator where it need not wait. */
export class Acquire extends InertCoroutine<Guard> {
  readonly #owner: Acquirable
  readonly #limits: WaitLimits | undefined
  readonly #ownerName: string

  constructor(owner: Acquirable, ownerName: string, limits: WaitLimits | undefined) {
    checkLimits(limits)
    super(`${ownerName}.acquire`)
    this.#owner = owner
    this.#ownerName = ownerName
    this.#limits = limits
  }

  override get _name(): string {
    return `${this.#ownerName}.acquire`
  }

  protected override begin(): Coroutine<Guard> | undefined {
    refuseAborted(this.#limits)
    const guard = this.#owner._tryAcquire()
    if (guard === null) return this.#owner._wait(this.#limits)
    this.result = guard
    return undefined
  }
}
