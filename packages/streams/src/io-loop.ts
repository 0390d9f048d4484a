import { getRunningLoop, RuntimeError } from '@asyncio-ts/core'
import type { NetworkLoop } from '@asyncio-ts/core'
import type { KernelLoop } from '@asyncio-ts/core/primitives'

/**
 * The loop that the caller runs on, which has to reach the network.
 *
 * @throws RuntimeError outside of `run`: the loop that is used there has no sockets
 */
export function ioLoop(name: string): KernelLoop & NetworkLoop {
  const loop = getRunningLoop()
  if (typeof (loop as Partial<NetworkLoop>).createConnection !== 'function') {
    throw new RuntimeError(`${name}() needs a loop with sockets: call it inside run(main) of @asyncio-ts/loop.`)
  }
  return loop as KernelLoop & NetworkLoop
}
