import type * as childProcess from 'node:child_process'
import type * as module from 'node:module'
import type * as os from 'node:os'
import type * as workerThreads from 'node:worker_threads'
import { NotImplementedError } from '@asyncio-ts/core'

/** Modules of the host that executors use, each loaded when first needed. */
interface Builtins {
  'node:child_process': typeof childProcess
  'node:module': typeof module
  'node:os': typeof os
  'node:worker_threads': typeof workerThreads
}

/** @throws NotImplementedError when the host has no such module: in a browser */
export function builtin<Name extends keyof Builtins>(name: Name): Builtins[Name] {
  const { process } = globalThis as { process?: { getBuiltinModule?: (id: string) => unknown } }
  const loaded = process?.getBuiltinModule?.(name)
  if (loaded === undefined) throw new NotImplementedError(`This host has no ${name}: it needs Node, Bun or Deno.`)
  return loaded as Builtins[Name]
}
