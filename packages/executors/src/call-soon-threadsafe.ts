import type { HandlerNames, LoopPort } from './loop-port.ts'
import { PortClient } from './port-client.ts'
import type { Callable } from './worker-function.ts'

/**
 * Has the loop of another thread call a function in its next turn. For workers.
 *
 * Calls through one port run in the order in which they were made. What one throws goes to the exception handler of the
 * loop.
 *
 * @param port - what the worker was passed where `loopPort(handlers)` was given
 * @param name - which of the handlers to call
 * @param args - copied, as by `structuredClone`
 * @throws RuntimeError when the port is closed
 * @remarks
 * **Differences from CPython** It returns no handle: the call is on its way.
 * @example
 * // In the worker: export function crunch(rows: Row[], port: LoopPort<Handlers>) { … }
 * callSoonThreadsafe(port, 'progress', done / rows.length)
 * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.call_soon_threadsafe
 */
export function callSoonThreadsafe<H extends object, Name extends HandlerNames<H>>(
  port: LoopPort<H>,
  name: Name,
  ...args: H[Name] extends Callable ? Parameters<H[Name]> : never
): void {
  PortClient.of(port).callSoon(name, args)
}
