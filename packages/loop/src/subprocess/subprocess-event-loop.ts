import { reprOf, splitOptions } from '@asyncio-ts/core/primitives'
import type { CoroutineObject, SubprocessOptions, SubprocessProtocol, SubprocessTransport } from '@asyncio-ts/core'
import { SocketEventLoop } from '../sockets/socket-event-loop.ts'
import { startChild } from './start-child.ts'

/** The part of the loop that runs other programs. */
export class SubprocessEventLoop extends SocketEventLoop {
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
   *
   * **Cancellation** The child is killed.
   * **Differences from CPython** `passFds` become the child's descriptors 3, 4 and so on.
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.subprocess_exec
   */
  subprocessExec<P extends SubprocessProtocol>(
    protocolFactory: () => P,
    program: string,
    ...args: readonly string[] | readonly [...string[], SubprocessOptions]
  ): CoroutineObject<[transport: SubprocessTransport, protocol: P]> {
    const { strings, options = {} } = splitOptions<SubprocessOptions>(args)
    return startChild(this, protocolFactory, { program, args: strings, isShell: false }, options)
  }

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
    options: SubprocessOptions = {},
  ): CoroutineObject<[transport: SubprocessTransport, protocol: P]> {
    if (typeof command !== 'string') throw new TypeError(`cmd must be a string, got ${reprOf(command)}.`)
    return startChild(this, protocolFactory, { program: command, args: [], isShell: true }, options)
  }
}
