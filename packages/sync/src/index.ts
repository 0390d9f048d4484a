/** Locks and their kin, safe to cancel at any await: `asyncio.locks`. */
export { Lock } from './lock.ts'
export type { Lockable } from './lock.ts'
export { Event } from './event.ts'
export { Condition } from './condition.ts'
export { BoundedSemaphore, Semaphore } from './semaphore.ts'
export { Barrier } from './barrier.ts'
export { BrokenBarrierError } from './errors.ts'
export type { Guard } from './guard.ts'
