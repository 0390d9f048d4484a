import { reprOf, splitOptions } from '@asyncio-ts/core/primitives'
import type { BaseEventLoop } from '@asyncio-ts/core/primitives'
import type {
  CoroutineObject,
  SubprocessLoop,
  SubprocessOptions,
  SubprocessProtocol,
  SubprocessTransport,
} from '@asyncio-ts/core'
import { startChild } from './start-child.ts'

/** The part of a loop that runs other programs. */
export class Subprocesses implements Pick<SubprocessLoop, 'subprocessExec' | 'subprocessShell'> {
  readonly #loop: BaseEventLoop

  constructor(loop: BaseEventLoop) {
    this.#loop = loop
  }

  subprocessExec<P extends SubprocessProtocol>(
    protocolFactory: () => P,
    program: string,
    ...args: readonly string[] | readonly [...string[], SubprocessOptions]
  ): CoroutineObject<[transport: SubprocessTransport, protocol: P]> {
    const { strings, options = {} } = splitOptions<SubprocessOptions>(args)
    return startChild(this.#loop, protocolFactory, { program, args: strings, isShell: false }, options)
  }

  subprocessShell<P extends SubprocessProtocol>(
    protocolFactory: () => P,
    command: string,
    options: SubprocessOptions = {},
  ): CoroutineObject<[transport: SubprocessTransport, protocol: P]> {
    if (typeof command !== 'string') throw new TypeError(`cmd must be a string, got ${reprOf(command)}.`)
    return startChild(this.#loop, protocolFactory, { program: command, args: [], isShell: true }, options)
  }
}
