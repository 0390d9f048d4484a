import { newDefaultExecutor, provideDefaultExecutor } from '@asyncio-ts/core/primitives'
import type { EventLoop, Executor } from '@asyncio-ts/core'
import { ThreadPoolExecutor } from './thread-pool-executor.ts'

/** The executors of loops that keep none: the ambient loop, and loops of other people. */
const executors = new WeakMap<EventLoop, Executor>()

/** Returns the default executor of a loop that does not keep one itself. */
export function defaultExecutorOf(loop: EventLoop): Executor {
  let executor = executors.get(loop)
  if (executor === undefined) executors.set(loop, (executor = newDefaultExecutor()))
  return executor
}

provideDefaultExecutor(() => new ThreadPoolExecutor({ threadNamePrefix: 'asyncio' }))
