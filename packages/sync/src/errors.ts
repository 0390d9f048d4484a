import { RuntimeError } from '@asyncio-ts/core'

/** The barrier is broken, or was aborted or reset while the task waited. Another waiter's cancel does not raise it. */
export class BrokenBarrierError extends RuntimeError {}
Object.defineProperty(BrokenBarrierError.prototype, 'name', { value: 'BrokenBarrierError' })
Object.defineProperty(BrokenBarrierError.prototype, 'code', { value: 'ERR_ASYNCIO_BROKEN_BARRIER' })
