import type * as childProcess from 'node:child_process'
import type * as module from 'node:module'
import type * as os from 'node:os'
import type * as workerThreads from 'node:worker_threads'
import { hostModule } from '@asyncio-ts/core/primitives'

/** Modules of the host that executors use, each loaded when first needed. */
interface Builtins {
  'node:child_process': typeof childProcess
  'node:module': typeof module
  'node:os': typeof os
  'node:worker_threads': typeof workerThreads
}

/** Loads a module of the host: see `hostModule`, which knows no types of Node. */
export function builtin<Name extends keyof Builtins>(name: Name): Builtins[Name] {
  // The table above says what each name stands for.
  return hostModule(name) as Builtins[Name]
}
