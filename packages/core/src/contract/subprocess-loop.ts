import type { CoroutineObject } from './coroutine.ts'
import type { EventLoop } from './event-loop.ts'
import type { SubprocessProtocol } from './protocol.ts'
import type { SubprocessTransport } from './transport.ts'

/** A pipe to the child. */
export type Pipe = -1
/** On stderr: wherever stdout goes. */
export type ToStdout = -2
/** The null device. */
export type Devnull = -3

/**
 * Where a standard stream of a child goes: {@link Pipe}, {@link ToStdout}, {@link Devnull}, a file descriptor, an open
 * file or stream of the host that has one, or `null` to share the parent's.
 */
export type Stdio = Pipe | ToStdout | Devnull | number | { readonly fd: number } | object | null

/** How a child process is started. */
export interface SubprocessOptions {
  stdin?: Stdio | undefined
  stdout?: Stdio | undefined
  stderr?: Stdio | undefined
  cwd?: string | URL | undefined
  /** The whole environment of the child; the parent's when absent. */
  env?: Readonly<Record<string, string | undefined>> | undefined
  /** Makes the child the leader of a session and process group of its own. */
  startNewSession?: boolean | undefined
  /** A numeric user id. */
  user?: number | undefined
  /** A numeric group id. */
  group?: number | undefined
  /** Descriptors of the parent that the child gets as 3, 4, and so on. */
  passFds?: readonly number[] | undefined
}

/** A loop that runs other programs. */
export interface SubprocessLoop extends EventLoop {
  subprocessExec<P extends SubprocessProtocol>(
    protocolFactory: () => P,
    program: string,
    ...args: readonly string[] | readonly [...string[], SubprocessOptions]
  ): CoroutineObject<[transport: SubprocessTransport, protocol: P]>
  subprocessShell<P extends SubprocessProtocol>(
    protocolFactory: () => P,
    command: string,
    options?: SubprocessOptions,
  ): CoroutineObject<[transport: SubprocessTransport, protocol: P]>
}
