import { NotImplementedError } from '@asyncio-ts/core'
import type * as complete from './parts.ts'

/** The parts of a loop in a browser: it has no sockets, no pipes and no processes. */
export class Parts implements Pick<complete.Parts, keyof complete.Parts> {
  get network(): never {
    return missing('connections and servers')
  }

  get pipes(): never {
    return missing('pipes')
  }

  get datagrams(): never {
    return missing('datagrams')
  }

  get names(): never {
    return missing('name look-ups')
  }

  get sockets(): never {
    return missing('sockets')
  }

  get subprocesses(): never {
    return missing('child processes')
  }
}

function missing(what: string): never {
  throw new NotImplementedError(`This build is for browsers and has no ${what}: run it on Node, Bun or Deno.`)
}
