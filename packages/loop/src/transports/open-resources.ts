import type { HostActivity } from '@asyncio-ts/core'
import type { BaseEventLoop } from '@asyncio-ts/core/primitives'

/** Something of the host that keeps the process alive: a connection, a listening socket, a pipe, a child. */
export interface OpenResource {
  /** Frees what the host holds without notifying anyone: the loop is closed. */
  _discard(): void
  /** What is to be expected of it. Asked by loops in virtual time only. */
  readonly _activity: HostActivity
}

/** The resources of one loop that are open: what closing it closes. */
export class OpenResources {
  readonly #open = new Set<OpenResource>()
  #isWatched = false

  add(resource: OpenResource): void {
    this.#open.add(resource)
  }

  delete(resource: OpenResource): void {
    this.#open.delete(resource)
  }

  /** What is to be expected of all of them. */
  get activity(): HostActivity {
    this.#isWatched = true
    let activity: HostActivity = 'none'
    for (const { _activity } of this.#open) {
      if (_activity === 'busy') return 'busy'
      if (_activity === 'open') activity = 'open'
    }
    return activity
  }

  /** Whether anybody asks for {@link activity}: only then is it worth to know more. */
  get isWatched(): boolean {
    return this.#isWatched
  }

  [Symbol.iterator](): Iterator<OpenResource> {
    return this.#open.values()
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
