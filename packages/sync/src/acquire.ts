import { checkLimits, InertCoroutine, refuseAborted } from '@asyncio-ts/core/primitives'
import type { Steps } from '@asyncio-ts/core'
import type { WaitLimits } from '@asyncio-ts/core/primitives'
import type { Guard } from './guard.ts'

/** What an {@link Acquire} needs of a primitive. */
interface Acquirable {
  /** Acquires if that needs no waiting. */
  _tryAcquire(): Guard | null
  _wait(limits: WaitLimits | undefined): Steps<Guard>
}

/** What `acquire` returns: without a generator where it need not wait. */
export class Acquire extends InertCoroutine<Guard> {
  declare private readonly _owner: Acquirable
  declare private readonly _ownerName: string
  declare private readonly _limits: WaitLimits | undefined

  constructor(owner: Acquirable, ownerName: string, limits: WaitLimits | undefined) {
    if (limits !== undefined) checkLimits(limits)
    super()
    this._owner = owner
    this._ownerName = ownerName
    this._limits = limits
  }

  override get _name(): string {
    return `${this._ownerName}.acquire`
  }

  protected override begin(): Steps<Guard> | undefined {
    if (this._limits !== undefined) refuseAborted(this._limits)
    const guard = this._owner._tryAcquire()
    if (guard === null) return this._owner._wait(this._limits)
    this.result = guard
    return undefined
  }
}
