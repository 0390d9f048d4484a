import { getEventLoop as eventLoop, getRunningLoop as runningLoop } from '@asyncio-ts/core'
import type { EventLoop } from './event-loop/event-loop.ts'

/**
 * Returns the loop that runs the caller: the one that `run` drives, as a rule.
 *
 * @remarks
 * **Differences from CPython** Outside of `run` and its like it returns the process-wide ambient loop, which has
 * callbacks, timers and tasks, and nothing else: no connections, no processes, no signals.
 * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.get_running_loop
 */
export const getRunningLoop = runningLoop as () => EventLoop

/**
 * Returns the running loop, or the one set with `setEventLoop`, or the ambient loop.
 *
 * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.get_event_loop
 */
export const getEventLoop = eventLoop as () => EventLoop
