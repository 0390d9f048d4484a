import type { EventLoop } from './contract/event-loop.ts'
import type { KernelLoop } from './contract/kernel.ts'
import { RuntimeError } from './errors/errors.ts'
import { flowTask, leftBehindOn } from './host/async-function-task.ts'
import { runtime } from './runtime.ts'

function ambientLoop(): KernelLoop {
  return (runtime.ambient ??= runtime.newAmbientLoop!())
}

/**
 * Returns the loop that runs the caller: that of the running task or callback, or the one that `run` drives.
 *
 * @remarks
 * **Differences from CPython** Outside of them all it returns the process-wide ambient loop instead of throwing:
 * JavaScript always runs inside a loop.
 * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.get_running_loop
 */
export function getRunningLoop(): KernelLoop {
  return runtime.loop ?? flowTask()?._loop ?? runtime.running ?? leftBehindOn() ?? ambientLoop()
}

/** The loop of a future that is made without one. */
export function defaultLoop(): KernelLoop {
  return runtime.loop ?? flowTask()?._loop ?? runtime.running ?? leftBehindOn() ?? runtime.current ?? ambientLoop()
}

/**
 * Returns the running loop, or the one set with {@link setEventLoop}, or the ambient loop.
 *
 * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.get_event_loop
 */
export function getEventLoop(): EventLoop {
  return defaultLoop()
}

/**
 * Sets the loop that {@link getEventLoop} returns where none is running.
 *
 * @param loop - `null` to set none
 * @throws TypeError when `loop` is not a loop
 * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.set_event_loop
 */
export function setEventLoop(loop: EventLoop | null): void {
  if (loop !== null && typeof (loop as Partial<EventLoop>).callSoon !== 'function') {
    throw new TypeError('setEventLoop takes an event loop, or null.')
  }
  runtime.current = loop as KernelLoop | null
}

/** The loop that `run`, or code that drives a loop manually, has made the running one; `null` if there is none. */
export function runningLoop(): KernelLoop | null {
  return runtime.running
}

/**
 * Makes `loop` the running one between its turns. For code that drives a loop manually.
 *
 * @throws {@link RuntimeError} when another loop is running
 */
export function setRunningLoop(loop: EventLoop | null): void {
  if (loop !== null && runtime.running !== null && runtime.running !== loop) {
    throw new RuntimeError('Cannot run the event loop while another loop is running')
  }
  runtime.running = loop as KernelLoop | null
}
