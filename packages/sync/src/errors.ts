import { RuntimeError } from '@asyncio-ts/core'

/** The barrier is broken, or was aborted or reset while the task waited. A cancel of another waiter does not raise it. */
export class BrokenBarrierError extends RuntimeError {
  override get name(): string {
    return 'BrokenBarrierError'
  }

  override get code(): 'ERR_ASYNCIO_BROKEN_BARRIER' {
    return 'ERR_ASYNCIO_BROKEN_BARRIER'
  }
}
