import { coroutine, Future, ProcessLookupError } from '@asyncio-ts/core'
import { osErrorOf, reprOf } from '@asyncio-ts/core/primitives'
import type {
  BaseProtocol,
  BaseTransport,
  ChildTransport as ChildTransportContract,
  Coroutine,
  CoroutineObject,
  HostActivity,
  SubprocessProtocol,
} from '@asyncio-ts/core'
import type { BaseEventLoop } from '@asyncio-ts/core/primitives'
import type { ChildProcess } from 'node:child_process'
import type { Socket } from 'node:net'
import { builtin } from '../builtin.ts'
import { resourcesOf } from '../transports/open-resources.ts'
import type { OpenResource } from '../transports/open-resources.ts'
import { ProtocolCalls } from '../transports/protocol-calls.ts'
import { ReadPipeTransport } from '../pipes/read-pipe-transport.ts'
import { WritePipeTransport } from '../pipes/write-pipe-transport.ts'
import { SubprocessTransport } from '../transports/transports.ts'
import { ChildPipe } from './child-pipes.ts'
import type { PipeOwner } from './child-pipes.ts'
import { checkSignal } from './check-signal.ts'
import { isStillGroupOf } from './process-group.ts'
import type { StartedChild } from './spawn-child.ts'

/**
 * A child process, with a transport for each of its pipes.
 *
 * The protocol hears connectionMade, the data and the end of each pipe, processExited, and connectionLost once the
 * child has exited and all pipes are closed. The exit may come before the last data.
 */
export class ChildTransport extends SubprocessTransport implements ChildTransportContract, PipeOwner, OpenResource {
  // Invariant CHILD-1: connectionLost is called once, after processExited and after every pipe's end.
  readonly #loop: BaseEventLoop
  readonly #child: ChildProcess
  readonly #merged: Socket | null
  readonly #protocol: SubprocessProtocol
  readonly #calls: ProtocolCalls
  readonly #pipes = new Map<number, ChildPipe>()
  readonly #exitWaiters = new Set<Future<number>>()
  /** Events wait here until connectionMade has been called. */
  #pending: (() => void)[] | null = []
  #returncode: number | null = null
  /** In seconds since the system started. */
  #exitedAt: number | null = null
  #closed = false
  #finished = false

  constructor(loop: BaseEventLoop, { child, merged }: StartedChild, protocol: SubprocessProtocol) {
    super({ subprocess: child })
    this.#loop = loop
    this.#child = child
    this.#merged = merged
    this.#protocol = protocol
    this.#calls = new ProtocolCalls(loop, this)
    resourcesOf(loop).add(this)
    // The loop turns for this event even if no task waits.
    child.once('exit', (code, signal) => this.#calls.now(() => this.#exited(code, signal)))
  }

  /** Connects the pipes, and tells the protocol. */
  _connect(): CoroutineObject<void> {
    return ChildTransport.#connect.call(this)
  }

  static readonly #connect = /* @__PURE__ */ coroutine(function* (this: ChildTransport): Coroutine<void> {
    const { stdin, stderr } = this.#child
    const stdout = this.#merged ?? this.#child.stdout
    const loop = this.#loop
    const made: Future<void>[] = []
    const begin = (fd: number): { loop: BaseEventLoop; protocol: ChildPipe; waiter: Future<void> } => {
      const protocol = new ChildPipe(this, fd)
      const waiter = new Future<void>({ loop })
      this.#pipes.set(fd, protocol)
      made.push(waiter)
      return { loop, protocol, waiter }
    }
    if (stdin !== null) new WritePipeTransport({ ...begin(0), stream: stdin })
    if (stdout !== null) new ReadPipeTransport({ ...begin(1), stream: stdout })
    if (stderr !== null) new ReadPipeTransport({ ...begin(2), stream: stderr })
    for (const waiter of made) yield* waiter
    const told = new Future<void>({ loop })
    this.#calls.soon(() => {
      this.#protocol.connectionMade(this)
      const pending = this.#pending
      this.#pending = null
      for (const call of pending ?? []) this.#calls.soon(call)
    })
    this.#calls.soon(() => void (told.done() || told.setResult()))
    yield* told
  })

  /** Waits for the exit. The pipes do not matter. */
  wait(): CoroutineObject<number> {
    return ChildTransport.#wait.call(this)
  }

  static readonly #wait = /* @__PURE__ */ coroutine(function* (this: ChildTransport): Coroutine<number> {
    if (this.#returncode !== null) return this.#returncode
    const waiter = this.whenExited()
    try {
      return yield* waiter
    } finally {
      this.#exitWaiters.delete(waiter)
    }
  })

  /** Returns a future of the return code, for callbacks. */
  whenExited(): Future<number> {
    const waiter = new Future<number>({ loop: this.#loop })
    if (this.#returncode === null) this.#exitWaiters.add(waiter)
    else waiter.setResult(this.#returncode)
    return waiter
  }

  override getPid(): number {
    return this.#child.pid!
  }

  override getReturncode(): number | null {
    return this.#returncode
  }

  override getPipeTransport(fd: number): BaseTransport | null {
    return this.#pipes.get(fd)?.transport ?? null
  }

  override getProtocol(): BaseProtocol {
    return this.#protocol
  }

  override isClosing(): boolean {
    return this.#closed
  }

  /** Closes the pipes, and kills the child when it still runs. */
  override close(): void {
    if (this.#closed) return
    this.#closed = true
    for (const { transport } of this.#pipes.values()) transport?.close()
    if (this.#returncode === null) this.#child.kill('SIGKILL')
  }

  /**
   * Sends a signal.
   *
   * @param signal - a name such as `'SIGTERM'`, or a number
   * @throws ValueError if the signal is unknown
   * @throws ProcessLookupError if the process has ended
   */
  override sendSignal(signal: string | number): void {
    const number = checkSignal(signal)
    this.#checkAlive()
    // The number of a process that was waited for may belong to another process by now.
    if (this.#returncode === null) send(this.getPid(), number)
  }

  /**
   * Sends a signal to the child and all its descendants that are in its process group, those that it has left behind
   * too.
   *
   * @throws ValueError if the signal is unknown
   * @throws ProcessLookupError if the group is empty
   */
  sendSignalToGroup(signal: string | number): void {
    const number = checkSignal(signal)
    const isTheirs = this.#exitedAt === null || isStillGroupOf(this.getPid(), this.#exitedAt)
    if (!isTheirs) throw this.#endedError()
    send(-this.getPid(), number)
  }

  override terminate(): void {
    this.sendSignal('SIGTERM')
  }

  override kill(): void {
    this.sendSignal('SIGKILL')
  }

  #checkAlive(): void {
    if (this.#finished) throw this.#endedError()
  }

  #endedError(): ProcessLookupError {
    return new ProcessLookupError(`Process ${this.getPid()} has ended.`, { code: 'ESRCH' })
  }

  _pipeData(fd: number, data: Uint8Array): void {
    this.#tell(() => this.#protocol.pipeDataReceived(fd, data))
  }

  _pipeLost(fd: number, error: Error | null): void {
    this.#tell(() => this.#protocol.pipeConnectionLost(fd, error))
    this.#finishIfOver()
  }

  _pauseWriting(): void {
    this.#protocol.pauseWriting()
  }

  _resumeWriting(): void {
    this.#protocol.resumeWriting()
  }

  #exited(code: number | null, signal: string | null): void {
    this.#returncode = code ?? -(signal === null ? 0 : checkSignal(signal))
    this.#exitedAt = builtin('node:os').uptime()
    if (this.#loop.getDebug()) console.log(`process ${this.getPid()} exited with return code ${this.#returncode}`)
    this.#tell(() => this.#protocol.processExited())
    for (const waiter of this.#exitWaiters) if (!waiter.done()) waiter.setResult(this.#returncode)
    this.#finishIfOver()
  }

  #finishIfOver(): void {
    if (this.#finished || this.#returncode === null) return
    for (const pipe of this.#pipes.values()) if (!pipe.isDisconnected) return
    this.#finished = true
    resourcesOf(this.#loop).delete(this)
    this.#tell(() => this.#protocol.connectionLost(null))
  }

  /** In the order of what happened, and in turns of the loop. */
  #tell(call: () => void): void {
    if (this.#pending !== null) this.#pending.push(call)
    else this.#calls.soon(call)
  }

  get _activity(): HostActivity {
    return 'open'
  }

  /** Kills the child, since its loop is closed. */
  _discard(): void {
    this.#closed = true
    if (this.#returncode !== null) return
    console.warn(`unclosed ${this.toString()}: the child is killed, as its loop is closed.`)
    this.#child.kill('SIGKILL')
  }

  override toString(): string {
    const state = this.#returncode === null ? 'running' : `returncode=${this.#returncode}`
    const pipes = [...this.#pipes].map(
      ([fd, pipe]) => ` ${['stdin', 'stdout', 'stderr'][fd]}=${reprOf(pipe.transport)}`,
    )
    return `<SubprocessTransport pid=${this.getPid()} ${state}${pipes.join('')}>`
  }
}

function send(pid: number, signal: number): void {
  const { process } = globalThis as unknown as { process: { kill(pid: number, signal: number): void } }
  try {
    process.kill(pid, signal)
  } catch (error) {
    throw osErrorOf(error)
  }
}
