import { checkLimits, InertCoroutine, limitWait, refuseAborted, Waiter } from '@asyncio-ts/core/primitives'
import type { Steps } from '@asyncio-ts/core'
import type { WaiterQueue, WaitLimits } from '@asyncio-ts/core/primitives'
import type { Guard } from './guard.ts'

/** What can be acquired: the state behind a lock or a semaphore. */
export interface Acquirable {
  readonly waiters: WaiterQueue
  /** The primitive itself, for messages. */
  readonly owner: object
  /** Acquires if that needs no waiting. */
  tryAcquire(): Guard | null
  /** Called when a waiter that has been woken goes on. */
  acquired(waiter: Waiter<unknown>): Guard
  /** Called when a waiter has given up, woken or not. */
  gaveUp(waiter: Waiter<unknown>): void
}

/** What `acquire` returns: without a generator where it need not wait. */
export class Acquire extends InertCoroutine<Guard> {
  declare private readonly _target: Acquirable
  declare private readonly _fullName: string
  declare private readonly _limits: WaitLimits | undefined

  /** @param name - what it is called in messages, such as `Lock.acquire` */
  constructor(target: Acquirable, name: string, limits: WaitLimits | undefined) {
    if (limits !== undefined) checkLimits(limits)
    super(name)
    this._target = target
    this._fullName = name
    this._limits = limits
  }

  override get _name(): string {
    return this._fullName
  }

  protected override begin(): Steps<Guard> | undefined {
    const { _target: target, _limits: limits } = this
    if (limits !== undefined) refuseAborted(limits)
    const guard = target.tryAcquire()
    if (guard === null) {
      const wait = new AcquireWait(target)
      return limits === undefined ? wait : limitWait<Guard>(wait, limits)
    }
    this.result = guard
    return undefined
  }
}

class AcquireWait extends Waiter<Guard> {
  declare private readonly _target: Acquirable

  constructor(target: Acquirable) {
    super(target.waiters, target.owner)
    this._target = target
  }

  protected override arrived(): Guard {
    return this._target.acquired(this)
  }

  protected override left(): void {
    this._target.gaveUp(this)
  }
}
