import { OSError } from '@asyncio-ts/core'
import { osErrorOf } from '@asyncio-ts/core/primitives'
import type { Future, HostActivity, TimerHandle } from '@asyncio-ts/core'
import type { BaseEventLoop } from '@asyncio-ts/core/primitives'
import type { Socket } from 'node:net'
import type { Endpoint } from '../names/resolve-host.ts'
import { fromHost } from '../transports/from-host.ts'
import { resourcesOf } from '../transports/open-resources.ts'
import type { OpenResource } from '../transports/open-resources.ts'

/** Makes a socket that has begun to connect. */
export type OpenSocket = (endpoint: Endpoint) => Socket

/**
 * Tries addresses until one of them answers.
 *
 * One after the other, or, as RFC 8305 has it (happy eyeballs), the next one beside those that have not answered within
 * a delay. The first to connect wins, and the others are closed.
 */
export class ConnectRace implements OpenResource {
  /** The socket that has connected, or `null` when none did: then see {@link errors}. */
  readonly winner: Future<Socket | null>
  /** What went wrong, by the place of the address. */
  readonly errors: Error[] = []
  readonly #loop: BaseEventLoop
  readonly #endpoints: readonly Endpoint[]
  readonly #open: OpenSocket
  readonly #delay: number | null
  readonly #pending = new Set<Socket>()
  #next = 0
  #timer: TimerHandle | null = null

  /** @param delay - in seconds, or `null` to try one address after the other */
  constructor(loop: BaseEventLoop, endpoints: readonly Endpoint[], open: OpenSocket, delay: number | null) {
    this.#loop = loop
    this.#endpoints = endpoints
    this.#open = open
    this.#delay = delay
    this.winner = loop.createFuture<Socket | null>()
  }

  /** Begins to connect. {@link stop} has to be called in the end. */
  start(): void {
    resourcesOf(this.#loop).add(this)
    this.#tryNext()
  }

  #tryNext(): void {
    this.#timer?.cancel()
    this.#timer = null
    const index = this.#next++
    const endpoint = this.#endpoints[index]!
    let socket: Socket
    try {
      socket = this.#open(endpoint)
    } catch (error) {
      this.#fail(index, error)
      return
    }
    this.#watch(socket, index)
    if (this.#delay !== null && this.#next < this.#endpoints.length) {
      this.#timer = this.#loop.callLater(this.#delay, () => this.#tryNext())
    }
  }

  /** Closes every socket but the winner: also that one when it is not wanted any more. */
  stop(keepsWinner: boolean): void {
    resourcesOf(this.#loop).delete(this)
    this.#timer?.cancel()
    for (const socket of this.#pending) socket.destroy()
    this.#pending.clear()
    if (!keepsWinner && this.winner.done() && !this.winner.cancelled()) this.winner.result()?.destroy()
  }

  /** Connected, refused or out of time: one of them will come. */
  get _activity(): HostActivity {
    return 'busy'
  }

  _discard(): void {
    this.stop(false)
  }

  #watch(socket: Socket, index: number): void {
    this.#pending.add(socket)
    const settle = (): boolean => {
      socket.off('error', onError).off('connect', onConnect)
      // One that lost, or was given up, may still fail; what is wrong with the winner is told by its transport.
      socket.on('error', () => undefined)
      return this.#pending.delete(socket)
    }
    const onError = fromHost(this.#loop, (error: Error): void => {
      if (!settle()) return
      socket.destroy()
      this.#fail(index, error)
    })
    const onConnect = fromHost(this.#loop, (): void => {
      if (!settle()) return
      if (this.winner.done()) socket.destroy()
      else {
        this.winner.setResult(socket)
        this.stop(true)
      }
    })
    socket.on('error', onError).on('connect', onConnect)
  }

  #fail(index: number, error: unknown): void {
    if (this.winner.done()) return
    this.errors[index] = error instanceof OSError ? error : osErrorOf(error)
    if (this.#next < this.#endpoints.length) this.#tryNext()
    else if (this.#pending.size === 0) {
      this.winner.setResult(null)
      this.stop(false)
    }
  }
}
