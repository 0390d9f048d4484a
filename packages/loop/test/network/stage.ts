import { readFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { expect, it } from 'vitest'
import { getRunningLoop } from '@asyncio-ts/core'
import type { Coroutine, ExceptionContext, Future, Server, StreamProtocol, Transport } from '@asyncio-ts/core'
import { BufferedProtocol, Protocol, run } from '../../src/index.ts'
import type { EventLoop } from '../../src/index.ts'
import { SocketTransport } from '../../src/network/socket-transport.ts'

/** What a test of the network has at hand. */
export interface Stage {
  readonly loop: EventLoop
  /** What the exception handler has received; a test that expects something takes it out. */
  readonly problems: ExceptionContext[]
}

const LIMIT_MS = 10_000
const SOCKETS = /^(TCP|Pipe|TLS)/

/** The sockets that keep the process alive, by kind. */
export function openSockets(): string[] {
  return process.getActiveResourcesInfo().filter((name) => SOCKETS.test(name))
}

/** Closed sockets are gone a few turns of the host later. */
export async function socketsLeft(atMost: number): Promise<number> {
  for (let turn = 0; turn < 200 && openSockets().length > atMost; turn++) {
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  return openSockets().length
}

/** Registers a test that runs on a loop of its own, and must leave neither an error nor a socket behind. */
export function onLoop(title: string, body: (stage: Stage) => Coroutine<void>, limitMs = LIMIT_MS): void {
  it(title, () => runOnLoop(body, limitMs), limitMs + LIMIT_MS)
}

export async function runOnLoop(body: (stage: Stage) => Coroutine<void>, limitMs = LIMIT_MS): Promise<void> {
  const before = openSockets().length
  const problems: ExceptionContext[] = []
  const main = function* (): Coroutine<void> {
    const loop = getRunningLoop() as EventLoop
    loop.setExceptionHandler((_loop, context) => problems.push(context))
    yield* body({ loop, problems })
  }
  // A test that hangs must not take those that follow with it.
  await run(main, { signal: AbortSignal.timeout(limitMs) })
  expect(problems).toEqual([])
  expect(await socketsLeft(before)).toBeLessThanOrEqual(before)
}

/** Lets the loop turn `count` times. */
export function* turns(count: number): Coroutine<void> {
  for (let turn = 0; turn < count; turn++) yield undefined
}

/** Lets the host end the callback in which the loop turns now. */
export function* callbackEnds(): Coroutine<void> {
  const future = getRunningLoop().createFuture<void>() as Future<void>
  setImmediate(() => future.setResult())
  yield* future
}

/** Lets `seconds` pass: only where a test shows that something does not happen. */
export function* pass(seconds: number): Coroutine<void> {
  const loop = getRunningLoop()
  const future = loop.createFuture<void>() as Future<void>
  loop.callLater(seconds, () => future.done() || future.setResult(undefined))
  yield* future
}

/** Waits for a body that has to fail, and returns its error. */
export function* errorOf(awaitable: Iterable<unknown>): Coroutine<Error & { code?: string }> {
  try {
    yield* awaitable as Coroutine<unknown>
  } catch (error) {
    return error as Error
  }
  throw new Error('nothing was thrown')
}

type Waiter = [condition: () => boolean, future: Future<void>]

/** Wakes those who wait for something to have happened. */
class Watch {
  #waiters: Waiter[] = [];

  *until(condition: () => boolean): Coroutine<void> {
    if (condition()) return
    const future = getRunningLoop().createFuture<void>() as Future<void>
    this.#waiters.push([condition, future])
    yield* future
  }

  note(): void {
    this.#waiters = this.#waiters.filter(([condition, future]) => {
      if (!condition() || future.done()) return !future.done()
      future.setResult()
      return false
    })
  }
}

/** A protocol that notes what it hears. */
export class Recorder extends Protocol {
  readonly events: string[] = []
  readonly watch = new Watch()
  transport!: Transport
  text = ''
  byteCount = 0
  lost: Error | null | undefined
  /** What eofReceived returns. */
  keepsOpen = false

  override connectionMade(transport: unknown): void {
    this.transport = transport as Transport
    this.note('made')
  }

  override dataReceived(data: Uint8Array): void {
    this.byteCount += data.byteLength
    if (this.byteCount < 100_000) this.text += Buffer.from(data).toString()
    if (this.events.at(-1) !== 'data') this.events.push('data')
    this.watch.note()
  }

  override eofReceived(): boolean {
    this.note('eof')
    return this.keepsOpen
  }

  override connectionLost(error: Error | null): void {
    this.lost = error
    this.note(error === null ? 'lost' : `lost ${error.name}`)
  }

  override pauseWriting(): void {
    this.note('pause')
  }

  override resumeWriting(): void {
    this.note('resume')
  }

  note(event: string): void {
    this.events.push(event)
    this.watch.note()
  }

  until(condition: () => boolean): Coroutine<void> {
    return this.watch.until(condition)
  }

  untilLost(): Coroutine<void> {
    return this.until(() => this.lost !== undefined)
  }

  untilText(text: string): Coroutine<void> {
    return this.until(() => this.text === text)
  }
}

/** Sends back what it receives. */
export class Echo extends Recorder {
  override dataReceived(data: Uint8Array): void {
    super.dataReceived(data)
    this.transport.write(data)
  }
}

/** Receives into one buffer of its own. */
export class BufferedRecorder extends BufferedProtocol {
  readonly buffer: Uint8Array
  readonly hints: number[] = []
  readonly watch = new Watch()
  transport!: Transport
  text = ''
  byteCount = 0
  lost: Error | null | undefined

  constructor(sizeBytes: number) {
    super()
    this.buffer = new Uint8Array(sizeBytes)
  }

  override connectionMade(transport: unknown): void {
    this.transport = transport as Transport
  }

  override getBuffer(sizeHint: number): Uint8Array {
    this.hints.push(sizeHint)
    return this.buffer
  }

  override bufferUpdated(byteCount: number): void {
    this.byteCount += byteCount
    this.text += Buffer.from(this.buffer.subarray(0, byteCount)).toString()
    this.watch.note()
  }

  override connectionLost(error: Error | null): void {
    this.lost = error
    this.watch.note()
  }

  until(condition: () => boolean): Coroutine<void> {
    return this.watch.until(condition)
  }
}

/** The port that a server listens on. */
export function portOf(server: { sockets: readonly { getsockname(): unknown }[] }): number {
  return (server.sockets[0]!.getsockname() as [string, number])[1]
}

/** Two ends of a connection, and the server between them. */
export interface Pair<S, C> {
  readonly server: Server
  readonly accepted: S
  readonly client: C
  readonly port: number
}

/** Connects two protocols over the loopback. */
export function* connected<S extends StreamProtocol, C extends StreamProtocol>(
  loop: EventLoop,
  accepted: S,
  client: C,
): Coroutine<Pair<S, C>> {
  const isMade = loop.createFuture<void>()
  const made = accepted.connectionMade.bind(accepted)
  accepted.connectionMade = (transport) => {
    made(transport)
    isMade.setResult()
  }
  const server = yield* loop.createServer(() => accepted, '127.0.0.1', 0)
  const port = portOf(server)
  yield* loop.createConnection(() => client, '127.0.0.1', port)
  yield* isMade
  return { server, accepted, client, port }
}

/** Closes a server and breaks its connections off. */
export function* end({ server }: { server: Server }): Coroutine<void> {
  server.close()
  server.abortClients()
  yield* server.waitClosed()
}

const fixtures = new URL('./fixtures/', import.meta.url)

export function pem(name: string): Buffer {
  return readFileSync(new URL(`${name}.pem`, fixtures))
}

/** What a server of the tests shows. */
export function serverSsl(name = 'server'): { cert: Buffer; key: Buffer } {
  return { cert: pem(name), key: pem(`${name}-key`) }
}

export const clientSsl = { ca: pem('authority') }

/** The socket under a transport. */
export function socketOf(transport: Transport): Socket {
  if (!(transport instanceof SocketTransport)) throw new Error('not a transport over a socket')
  return transport._socket
}
