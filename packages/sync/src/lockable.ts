import type { CoroutineObject } from '@asyncio-ts/core'
import type { WaitLimits } from '@asyncio-ts/core/primitives'
import type { Guard } from './guard.ts'

/** What a Condition can share: a Lock, a Semaphore, another Condition. */
export interface Lockable {
  acquire(limits?: WaitLimits): CoroutineObject<Guard>
  release(): void
  locked(): boolean
}
