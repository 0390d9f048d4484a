import { coroutine } from '@asyncio-ts/core'
import type { Coroutine, CoroutineObject } from '@asyncio-ts/core'
import { SubprocessEventLoop } from '../subprocess/subprocess-event-loop.ts'

const shutdownDefaultExecutor = coroutine(function* (): Coroutine<void> {})

/** The part of the loop that hands calls to executors. */
export class ExecutorEventLoop extends SubprocessEventLoop {
  /**
   * Waits for the default executor to finish its work. There is none until one is set.
   *
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.shutdown_default_executor
   */
  shutdownDefaultExecutor(): CoroutineObject<void> {
    return shutdownDefaultExecutor()
  }
}
