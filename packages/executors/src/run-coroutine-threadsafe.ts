import type { FutureLike } from '@asyncio-ts/core'
import type { HandlerNames, LoopPort } from './loop-port.ts'
import { PortClient } from './port-client.ts'
import type { Callable } from './worker-function.ts'

/** What a function returns once it has been awaited. */
type Returned<Fn> = Fn extends Callable ? Awaited<ReturnType<Fn>> : never
type Arguments<Fn> = Fn extends Callable ? Parameters<Fn> : never

/**
 * Runs a coroutine function on the loop of another thread, as a task. For workers.
 *
 * @param port - what the worker was passed where `loopPort(handlers)` was given
 * @param name - which of the handlers to run
 * @param args - copied, as by `structuredClone`
 * @returns a future for what it returns
 * @throws RuntimeError when the port is closed
 * @remarks
 * **Cancellation** Both ways: cancelling the future cancels the task, and when the task is cancelled, so is the future.
 * A task whose worker has ended is cancelled as well.
 *
 * **Differences from CPython** A port and a name stand for the loop and the coroutine: functions cannot be sent.
 * @example
 * // In the worker: export async function sum(items: string[], port: LoopPort<Handlers>) { … }
 * const price = await runCoroutineThreadsafe(port, 'price', item)
 * @see https://docs.python.org/3/library/asyncio-task.html#asyncio.run_coroutine_threadsafe
 */
export function runCoroutineThreadsafe<H extends object, Name extends HandlerNames<H>>(
  port: LoopPort<H>,
  name: Name,
  ...args: Arguments<H[Name]>
): FutureLike<Returned<H[Name]>> {
  return PortClient.of(port).run(name, args) as FutureLike<Returned<H[Name]>>
}
