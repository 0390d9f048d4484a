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
  /**
   * Runs a program.
   *
   * @param protocolFactory - makes the protocol
   * @param program - looked for in the PATH of the child's environment when it has no slash
   * @param args - the arguments, and an object of options after them; the three standard streams are pipes when absent
   * @returns the transport and the protocol, once connectionMade has been called
   * @throws FileNotFoundError when there is no such program, or no such folder to run it in
   * @throws PermissionError when it cannot be executed
   * @throws ValueError when an argument holds a null byte, or an option is one of text
   * @remarks
   * **Cancellation** The child is killed.
   *
   * **Differences from CPython** `passFds` become the child's descriptors 3, 4 and so on.
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.subprocess_exec
   */
  subprocessExec<P extends SubprocessProtocol>(
    protocolFactory: () => P,
    program: string,
    ...args: readonly string[] | readonly [...string[], SubprocessOptions]
  ): CoroutineObject<[transport: SubprocessTransport, protocol: P]>

  /**
   * Runs a command line in the shell: see {@link subprocessExec}.
   *
   * Whatever is put into the command line has to be quoted by whoever puts it there.
   *
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.subprocess_shell
   */
  subprocessShell<P extends SubprocessProtocol>(
    protocolFactory: () => P,
    command: string,
    options?: SubprocessOptions,
  ): CoroutineObject<[transport: SubprocessTransport, protocol: P]>
}
