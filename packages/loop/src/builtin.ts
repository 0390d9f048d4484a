import type * as childProcess from 'node:child_process'
import type * as dgram from 'node:dgram'
import type * as dns from 'node:dns'
import type * as fs from 'node:fs'
import type * as net from 'node:net'
import type * as os from 'node:os'
import type * as path from 'node:path'
import type * as stream from 'node:stream'
import type * as tls from 'node:tls'
import type * as url from 'node:url'
import type * as tty from 'node:tty'
import { NotImplementedError } from '@asyncio-ts/core'

/** Modules of the host that the loop uses, each loaded when first needed. */
interface Builtins {
  'node:child_process': typeof childProcess
  'node:dgram': typeof dgram
  'node:dns': typeof dns
  'node:fs': typeof fs
  'node:net': typeof net
  'node:os': typeof os
  'node:path': typeof path
  'node:stream': typeof stream
  'node:tls': typeof tls
  'node:url': typeof url
  'node:tty': typeof tty
}

/**
 * Loads a module of the host, at once: an `import()` would cost a turn, and a static import would load it for programs
 * that never use it.
 *
 * @throws NotImplementedError when the host has no such module: in a browser
 */
export function builtin<Name extends keyof Builtins>(name: Name): Builtins[Name] {
  const { process } = globalThis as { process?: { getBuiltinModule?: (id: string) => unknown } }
  const loaded = process?.getBuiltinModule?.(name)
  if (loaded === undefined) throw new NotImplementedError(`This host has no ${name}: it needs Node, Bun or Deno.`)
  return loaded as Builtins[Name]
}
