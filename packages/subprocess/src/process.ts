import { coroutine, ProcessLookupError } from '@asyncio-ts/core'
import { reprOf } from '@asyncio-ts/core/primitives'
import type { ChildTransport, Coroutine, CoroutineObject, FutureLike } from '@asyncio-ts/core'
import type { KernelLoop } from '@asyncio-ts/core/primitives'
import type { Lines, StreamReader, StreamWriter } from '@asyncio-ts/streams'
import { feedInput } from './feed-input.ts'
import type { ProcessProtocol } from './process-protocol.ts'

/** Whom a signal is for. */
export interface SignalOptions {
  /** Sends it to the whole process group, of a child that was started with `startNewSession`. */
  group?: boolean | undefined
}

/** How {@link Process.terminate} insists. */
export interface TerminateOptions extends SignalOptions {
  /** In seconds: how long the child may take before it is killed. */
  grace: number
}

/**
 * A child process.
 *
 * @remarks
 * **Differences from CPython** It is async-disposable: `await using` kills a child that still runs, and waits for it.
 * `wait` returns when the child has exited, as from Python 3.15 on, though a process that it left behind may still hold
 * its pipes.
 * @see https://docs.python.org/3/library/asyncio-subprocess.html#asyncio.subprocess.Process
 */
export class Process implements AsyncDisposable {
  readonly #transport: ChildTransport
  readonly #loop: KernelLoop
  readonly #isGroupLeader: boolean
  /** The child's standard input; `null` unless it is a pipe. */
  readonly stdin: StreamWriter | null
  /** The child's standard output; `null` unless it is a pipe. */
  readonly stdout: StreamReader | null
  /** The child's standard error; `null` unless it is a pipe of its own. */
  readonly stderr: StreamReader | null
  readonly pid: number

  constructor(transport: ChildTransport, protocol: ProcessProtocol, loop: KernelLoop, isGroupLeader: boolean) {
    this.#transport = transport
    this.#loop = loop
    this.#isGroupLeader = isGroupLeader
    this.stdin = protocol.stdin
    this.stdout = protocol.stdout
    this.stderr = protocol.stderr
    this.pid = transport.getPid()
  }

  /** `null` while the child runs; `-N` when signal N has ended it. */
  get returncode(): number | null {
    return this.#transport.getReturncode()
  }

  /**
   * Waits until the child has exited, and returns its return code.
   *
   * A child whose pipes are full never exits: read them, or use {@link communicate}.
   *
   * @remarks
   * **Cancellation** The child continues.
   * @see https://docs.python.org/3/library/asyncio-subprocess.html#asyncio.subprocess.Process.wait
   */
  wait(): CoroutineObject<number> {
    return this.#transport.wait()
  }

  /**
   * Sends a signal to the child.
   *
   * @param signal - a name such as `'SIGINT'`, or a number
   * @throws ProcessLookupError when the child has ended
   * @see https://docs.python.org/3/library/asyncio-subprocess.html#asyncio.subprocess.Process.send_signal
   */
  sendSignal(signal: string | number, options?: SignalOptions): void {
    if (options?.group !== true) {
      this.#transport.sendSignal(signal)
      return
    }
    if (!this.#isGroupLeader) {
      throw new TypeError(
        'This child is in the process group of its parent. Start it with { startNewSession: true } to signal its group.',
      )
    }
    this.#transport.sendSignalToGroup(signal)
  }

  /**
   * Asks the child to end, by SIGTERM.
   *
   * @param options.grace - in seconds: waits for the exit, and kills the child when it takes longer (extension)
   * @param options.group - asks the whole process group (extension)
   * @returns with `grace` the return code; nothing without
   * @throws ProcessLookupError when the child has ended
   * @remarks
   * **Cancellation** The child is killed at once.
   * @see https://docs.python.org/3/library/asyncio-subprocess.html#asyncio.subprocess.Process.terminate
   */
  terminate(options: TerminateOptions): CoroutineObject<number>
  terminate(options?: SignalOptions): void
  terminate(options?: SignalOptions & { grace?: number }): CoroutineObject<number> | void {
    const grace = options?.grace
    if (grace === undefined) {
      this.sendSignal('SIGTERM', options)
      return undefined
    }
    if (typeof grace !== 'number' || !(grace >= 0)) {
      throw new TypeError(`grace is a number of seconds, got ${reprOf(grace)}.`)
    }
    return Process.#terminateWithin.call(this, grace, options)
  }

  static readonly #terminateWithin = coroutine(function* (
    this: Process,
    grace: number,
    options: SignalOptions | undefined,
  ): Coroutine<number> {
    if (this.returncode !== null) return this.returncode
    this.sendSignal('SIGTERM', options)
    const timer = this.#loop.callLater(grace, () => this.#killIfAlive(options))
    try {
      return yield* this.wait()
    } finally {
      timer.cancel()
      if (this.returncode === null) this.#killIfAlive(options)
    }
  })

  /**
   * Ends the child, by SIGKILL.
   *
   * @throws ProcessLookupError when the child has ended
   * @see https://docs.python.org/3/library/asyncio-subprocess.html#asyncio.subprocess.Process.kill
   */
  kill(options?: SignalOptions): void {
    this.sendSignal('SIGKILL', options)
  }

  #killIfAlive(options: SignalOptions | undefined): void {
    try {
      this.kill(options)
    } catch (error) {
      if (!(error instanceof ProcessLookupError)) throw error
    }
  }

  /**
   * Sends `input`, reads everything the child prints, and waits for its end.
   *
   * A child that does not read its input is not an error. Without input a pipe to the child is closed at once.
   *
   * @param input - only where stdin is a pipe
   * @returns what came through each pipe; `null` for a stream that is not a pipe
   * @remarks
   * **Cancellation** The child continues, and you can still read what it has printed.
   * @see https://docs.python.org/3/library/asyncio-subprocess.html#asyncio.subprocess.Process.communicate
   */
  communicate(input?: Uint8Array | string): CoroutineObject<[stdout: Uint8Array | null, stderr: Uint8Array | null]> {
    if (input !== undefined && this.stdin === null) {
      throw new TypeError(
        'communicate() was given input, but stdin is not a pipe. Start the child with { stdin: PIPE }.',
      )
    }
    return Process.#communicate.call(this, input)
  }

  static readonly #communicate = coroutine(function* (
    this: Process,
    input: Uint8Array | string | undefined,
  ): Coroutine<[stdout: Uint8Array | null, stderr: Uint8Array | null]> {
    const readers = [this.stdout, this.stderr]
    const tasks = readers.map((reader) =>
      reader === null ? null : (this.#loop.createTask(reader.read()) as FutureLike<Uint8Array>),
    )
    let isDone = false
    try {
      if (this.stdin !== null) yield* feedInput(this.stdin, input)
      const printed: (Uint8Array | null)[] = []
      for (const task of tasks) printed.push(task === null ? null : yield* task as unknown as Coroutine<Uint8Array>)
      yield* this.wait()
      isDone = true
      return [printed[0]!, printed[1]!]
    } finally {
      if (!isDone) tasks.forEach((task, index) => task !== null && giveBack(task, readers[index]!))
    }
  })

  /**
   * Iterates over the lines that the child prints.
   *
   * @returns an iterator whose `next` can be awaited in both spellings
   * @throws TypeError if stdout is not a pipe
   * @extension
   */
  lines(): Lines {
    if (this.stdout === null) throw new TypeError('stdout is not a pipe. Start the child with { stdout: PIPE }.')
    return this.stdout[Symbol.asyncIterator]()
  }

  /** Kills a child that still runs, closes its pipes, and waits for its end. */
  [Symbol.asyncDispose](): CoroutineObject<void> {
    return Process.#dispose.call(this)
  }

  static readonly #dispose = coroutine(function* (this: Process): Coroutine<void> {
    this.#transport.close()
    yield* this.wait()
  })

  toString(): string {
    return `<Process ${this.pid}${this.returncode === null ? '' : ` returncode=${this.returncode}`}>`
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString()
  }
}

/** Puts what was read for a caller that has gone back where the next one finds it. */
function giveBack(task: FutureLike<Uint8Array>, reader: StreamReader): void {
  if (!task.done()) task.cancel()
  else if (!task.cancelled() && task.exception() === null) reader.unread(task.result())
}
