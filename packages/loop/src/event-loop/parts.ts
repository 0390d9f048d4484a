import type { BaseEventLoop } from '@asyncio-ts/core/primitives'
import { Datagrams } from '../datagrams/datagrams.ts'
import { Names } from '../names/names.ts'
import { Network } from '../network/network.ts'
import { Pipes } from '../pipes/pipes.ts'
import { Sockets } from '../sockets/sockets.ts'
import { Subprocesses } from '../subprocess/subprocesses.ts'

/**
 * The parts of a loop that need Node's modules, each made when it is first asked for.
 *
 * The build for browsers puts `parts.browser.ts` in the place of this file.
 */
export class Parts {
  readonly #loop: BaseEventLoop
  #network: Network | undefined
  #pipes: Pipes | undefined
  #datagrams: Datagrams | undefined
  #names: Names | undefined
  #sockets: Sockets | undefined
  #subprocesses: Subprocesses | undefined

  constructor(loop: BaseEventLoop) {
    this.#loop = loop
  }

  get network(): Network {
    return (this.#network ??= new Network(this.#loop))
  }

  get pipes(): Pipes {
    return (this.#pipes ??= new Pipes(this.#loop))
  }

  get datagrams(): Datagrams {
    return (this.#datagrams ??= new Datagrams(this.#loop))
  }

  get names(): Names {
    return (this.#names ??= new Names(this.#loop))
  }

  get sockets(): Sockets {
    return (this.#sockets ??= new Sockets(this.#loop))
  }

  get subprocesses(): Subprocesses {
    return (this.#subprocesses ??= new Subprocesses(this.#loop))
  }
}
