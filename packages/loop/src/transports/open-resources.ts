import type { BaseEventLoop } from '@asyncio-ts/core/primitives'

/** Something of the host that keeps the process alive: a connection, a listening socket, a pipe, a child. */
export interface OpenResource {
  /** Frees what the host holds without notifying anyone: the loop is closed. */
  _discard(): void
}

/** The resources of one loop that are open: what closing it closes. */
export class OpenResources {
  readonly #open = new Set<OpenResource>()

  add(resource: OpenResource): void {
    this.#open.add(resource)
  }

  delete(resource: OpenResource): void {
    this.#open.delete(resource)
  }

  /** Closes what is open. */
  discard(): void {
    for (const resource of this.#open) resource._discard()
    this.#open.clear()
  }
}

const resources = new WeakMap<BaseEventLoop, OpenResources>()

/** The open resources of a loop. */
export function resourcesOf(loop: BaseEventLoop): OpenResources {
  let open = resources.get(loop)
  if (open === undefined) resources.set(loop, (open = new OpenResources()))
  return open
}
