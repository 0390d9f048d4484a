import { Future, RuntimeError } from '@asyncio-ts/core'
import { reprOf } from '@asyncio-ts/core/primitives'
import type { MessagePort } from 'node:worker_threads'
import { isFromLoop } from './port-messages.ts'
import type { ToLoop } from './port-messages.ts'
import { reviveError } from './revive-error.ts'

/** A call of the loop, as the worker sees it: cancelling it cancels the task that the loop runs for it. */
class RemoteCall extends Future<unknown> {
  readonly #client: PortClient
  readonly #id: number

  constructor(client: PortClient, id: number) {
    super()
    this.#client = client
    this.#id = id
  }

  override cancel(message?: string, options?: { reason?: unknown }): boolean {
    const isCancelled = super.cancel(message, options)
    if (isCancelled) this.#client.cancelled(this.#id, message)
    return isCancelled
  }
}

/** The worker's end of a loop port. */
export class PortClient {
  static readonly #clients = new WeakMap<object, PortClient>()
  readonly #port: MessagePort
  readonly #calls = new Map<number, RemoteCall>()
  #count = 0
  #isClosed = false

  private constructor(port: MessagePort) {
    this.#port = port
    port.on('message', (message: unknown) => this.#receive(message))
    port.on('messageerror', (error) => this.#unread(error))
    port.on('close', () => this.#closed())
    port.unref()
  }

  /** @throws TypeError when `port` is not what a worker gets for a loop port */
  static of(port: unknown): PortClient {
    const known = PortClient.#clients.get(port as object)
    if (known !== undefined) return known
    if (typeof (port as Partial<MessagePort> | null)?.postMessage !== 'function') {
      throw new TypeError(`A worker calls the loop through the port that it was passed, got ${reprOf(port)}.`)
    }
    const client = new PortClient(port as MessagePort)
    PortClient.#clients.set(port as object, client)
    return client
  }

  callSoon(name: string, args: readonly unknown[]): void {
    if (this.#isClosed) throw closedError()
    this.#port.postMessage(['callSoon', name, args] satisfies ToLoop)
  }

  run(name: string, args: readonly unknown[]): Future<unknown> {
    if (this.#isClosed) throw closedError()
    const id = this.#count++
    this.#port.postMessage(['run', id, name, args] satisfies ToLoop)
    const call = new RemoteCall(this, id)
    this.#calls.set(id, call)
    this.#port.ref()
    return call
  }

  cancelled(id: number, message: string | undefined): void {
    if (this.#take(id) !== undefined) this.#port.postMessage(['cancel', id, message] satisfies ToLoop)
  }

  #receive(message: unknown): void {
    if (!isFromLoop(message)) return
    const call = this.#take(message[1])
    if (call === undefined) return
    if (message[0] === 'result') call.setResult(message[2])
    else if (message[0] === 'error') call.setException(reviveError(message[2]))
    else call.cancel()
  }

  /** Which call it answers is unknown: none may wait for ever. */
  #unread(cause: unknown): void {
    this.#failAll(() => new RuntimeError('An answer of the loop cannot be read: return plain data.', { cause }))
  }

  #failAll(error: () => Error): void {
    const calls = [...this.#calls.values()]
    this.#calls.clear()
    this.#port.unref()
    for (const call of calls) call.setException(error())
  }

  #take(id: number): RemoteCall | undefined {
    const call = this.#calls.get(id)
    this.#calls.delete(id)
    if (this.#calls.size === 0) this.#port.unref()
    return call
  }

  #closed(): void {
    this.#isClosed = true
    this.#failAll(closedError)
  }
}

function closedError(): RuntimeError {
  return new RuntimeError(
    'The loop port or its loop is closed, so the call cannot run. Keep the port open while workers use it.',
  )
}
