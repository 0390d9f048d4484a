import { ValueError } from '@asyncio-ts/core'
import { DEVNULL, PIPE, reprOf, STDOUT } from '@asyncio-ts/core/primitives'
import type { Stdio, SubprocessOptions } from '@asyncio-ts/core'
import type { StdioOptions } from 'node:child_process'

type HostStdio = Exclude<StdioOptions, string>[number]

/** Where the standard streams of a child go, in the words of the host. */
export interface StdioPlan {
  readonly stdio: HostStdio[]
  /** Whether stderr goes into the same pipe as stdout, which the host has no word for. */
  readonly isMerged: boolean
}

/** @throws TypeError or ValueError for what no standard stream can be */
export function planStdio({ stdin, stdout, stderr, passFds = [] }: SubprocessOptions): StdioPlan {
  if (stdin === STDOUT || stdout === STDOUT) throw new ValueError('STDOUT can only be used for stderr')
  const isMerged = stderr === STDOUT && stdout === PIPE
  const output = hostStdio(stdout, 'stdout', 1)
  const error = isMerged ? 'ignore' : stderr === STDOUT ? output : hostStdio(stderr, 'stderr', 2)
  const extra = passFds.map((fd) => {
    if (!Number.isInteger(fd) || fd < 0) throw new ValueError(`passFds are descriptors, got ${reprOf(fd)}.`)
    return fd
  })
  // Streams that two descriptors share are named once more by their number.
  const shared = stderr === STDOUT && output === 'inherit' ? 1 : error
  return { stdio: [hostStdio(stdin, 'stdin', 0), output, shared, ...extra], isMerged }
}

function hostStdio(value: Stdio | undefined, name: string, fd: number): HostStdio {
  if (value === undefined || value === PIPE) return 'pipe'
  if (value === null) return 'inherit'
  if (value === DEVNULL) return 'ignore'
  if (typeof value === 'number') {
    if (!Number.isInteger(value) || value < 0) {
      throw new ValueError(`${name} is not a descriptor: ${reprOf(value)}. Give a whole number of at least 0.`)
    }
    return value
  }
  if (typeof value === 'object') {
    const descriptor = (value as { fd?: unknown }).fd
    if (typeof descriptor === 'number') {
      if (descriptor < 0) throw new ValueError(`${name} is closed: give an open file or stream.`)
      return descriptor
    }
    if (typeof (value as { pipe?: unknown }).pipe === 'function') return value as HostStdio
  }
  throw new TypeError(
    `${name} is PIPE, ${fd === 2 ? 'STDOUT, ' : ''}DEVNULL, null, a descriptor, a file or a stream, got ${reprOf(value)}.`,
  )
}
