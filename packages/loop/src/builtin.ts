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
import { hostModule } from '@asyncio-ts/core/primitives'

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

/** Loads a module of the host: see `hostModule`, which knows no types of Node. */
export function builtin<Name extends keyof Builtins>(name: Name): Builtins[Name] {
  // The table above says what each name stands for.
  return hostModule(name) as Builtins[Name]
}
