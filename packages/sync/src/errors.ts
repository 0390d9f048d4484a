import { RuntimeError } from '@asyncio-ts/core'

/** The barrier was aborted or reset while the task waited, or is broken. Not raised when another waiter is cancelled. */
export class BrokenBarrierError extends RuntimeError {}
Object.defineProperty(BrokenBarrierError.prototype, 'name', { value: 'BrokenBarrierError' })
Object.defineProperty(BrokenBarrierError.prototype, 'code', { value: 'ERR_ASYNCIO_BROKEN_BARRIER' })
