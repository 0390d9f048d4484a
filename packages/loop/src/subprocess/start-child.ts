import { coroutine } from '@asyncio-ts/core'
import type { Coroutine, CoroutineObject, SubprocessOptions, SubprocessProtocol } from '@asyncio-ts/core'
import { ownOptions } from '@asyncio-ts/core/primitives'
import type { BaseEventLoop } from '@asyncio-ts/core/primitives'
import { ChildTransport } from './child-transport.ts'
import { planCommand, spawnChild } from './spawn-child.ts'
import type { Command } from './spawn-child.ts'
import type { StdioPlan } from './stdio-option.ts'

const begin = /* @__PURE__ */ coroutine(function* startChild<P extends SubprocessProtocol>(
  loop: BaseEventLoop,
  protocolFactory: () => P,
  command: Command,
  options: SubprocessOptions,
  plan: StdioPlan,
): Coroutine<[ChildTransport, P]> {
  const protocol = protocolFactory()
  const transport = new ChildTransport(loop, yield* spawnChild(loop, command, options, plan), protocol)
  let isConnected = false
  try {
    yield* transport._connect()
    isConnected = true
  } finally {
    if (!isConnected) {
      transport.close()
      yield* transport.wait()
    }
  }
  return [transport, protocol]
})

/** Starts a child, and returns its transport and its protocol once connectionMade has been called. */
export function startChild<P extends SubprocessProtocol>(
  loop: BaseEventLoop,
  protocolFactory: () => P,
  command: Command,
  options: SubprocessOptions,
): CoroutineObject<[ChildTransport, P]> {
  const own = ownOptions(options)
  const plan = planCommand(command, own)
  return begin(loop, protocolFactory, command, own, plan) as CoroutineObject<[ChildTransport, P]>
}
