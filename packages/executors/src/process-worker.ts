import type { ChildProcess, Control } from 'node:child_process'
import { RuntimeError } from '@asyncio-ts/core'
import { builtin } from './builtin.ts'
import type { Call } from './call.ts'
import { GRACE_MS } from './constants.ts'
import { Definitions } from './definitions.ts'
import { isReport } from './is-report.ts'
import type { PoolWorker, WorkerEvents } from './pool-worker.ts'
import type { StartOptions } from './start-options.ts'
import type { Target } from './target.ts'
import { isSentOnce } from './unwrap-arguments.ts'
import type { FromWorker, ToWorker } from './worker/messages.ts'
import { programText } from './worker/program-text.ts'

/** Options of the runtime that say what the parent's program is. */
const PROGRAM_OPTIONS = /^(-e|--eval|-p|--print|-pe|-c|--check|-i|--interactive|--test|--watch|--input-type)(=.*)?$/
/** Two processes cannot be debugged on one port. */
const DEBUGGER_OPTIONS = /^--inspect/
/** Those of the first that have their value in the next argument. */
const WITH_VALUE = /^(-e|--eval|-p|--print|-pe|--input-type)$/

/**
 * One process of a pool.
 *
 * Memory is not shared, so nothing can be taken back once it has been sent: a call is sent when its turn has come.
 */
export class ProcessWorker implements PoolWorker {
  readonly name: string
  readonly capacity = 1
  readonly #child: ChildProcess
  readonly #events: WorkerEvents
  readonly #definitions = new Definitions()
  /** The call it was given, and whether it has been sent: not before the process is ready. */
  #call: Call<unknown> | null = null
  #isSent = false
  #isReady = false
  #sent = 0
  #reports = 0
  /** Tells the reports of the worker from messages that its functions send. */
  readonly #token = globalThis.crypto.randomUUID()
  #hasEnded = false
  #error: unknown = undefined
  #lastResort: ReturnType<typeof setTimeout> | undefined = undefined
  /** How it ended, once it has. */
  #what: string | null = null

  constructor(name: string, events: WorkerEvents, options: StartOptions) {
    this.name = name
    this.#events = events
    this.#child = builtin('node:child_process').spawn(process.execPath, programOptions(name), {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      serialization: 'advanced',
      windowsHide: true,
    })
    // The host asserts that handles are passed as it does; a function may send what looks like that, and none are passed.
    this.#child.removeAllListeners('internalMessage')
    this.#child.on('message', (message: unknown) => this.#take(message))
    this.#child.on('error', (error) => this.#failed(error))
    this.#child.on('exit', (code, signal) => {
      this.#what = signal === null ? `ended with exit code ${code}` : `was killed by ${signal}`
      if (!this.#child.connected) this.#ended(this.#what)
    })
    // What it reported last may arrive after it has ended, but not after the channel is closed.
    this.#child.on('disconnect', () => {
      if (this.#what !== null) this.#ended(this.#what)
    })
    this.#child.unref()
    // Bun's channel has no such method.
    ;(this.#child.channel as Partial<Control> | null | undefined)?.unref?.()
    this.#post(this.#token)
    this.#initialize(options)
  }

  get isReady(): boolean {
    return this.#isReady
  }

  get reports(): number {
    return this.#reports
  }

  get load(): number {
    return this.#call === null ? 0 : 1
  }

  send(call: Call<unknown>): void {
    if (isSentOnce(call.request.args)) {
      throw new TypeError('Memory and ports cannot be transferred to a process. Use a ThreadPoolExecutor.')
    }
    if (this.#isReady) this.#send(call)
    this.#call = call
  }

  withdraw(call: Call<unknown>): boolean {
    if (this.#call !== call || this.#isSent) return false
    this.#call = null
    return true
  }

  withdrawFirst(): Call<unknown> | null {
    const call = this.#call
    return call !== null && this.withdraw(call) ? call : null
  }

  abort(call: Call<unknown>): boolean {
    if (this.#call !== call || !this.#isSent) return false
    this.#post(['abort', this.#sent - 1])
    return true
  }

  remaining(): Call<unknown>[] {
    return this.#call === null ? [] : [this.#call]
  }

  end(): void {
    if (this.#isSent) {
      this.#child.kill('SIGKILL')
      return
    }
    // It has nothing to do, and ends when its channel does; what it left running may keep it from noticing.
    if (this.#child.connected) this.#child.disconnect()
    this.#lastResort = setTimeout(() => this.#child.kill('SIGKILL'), GRACE_MS)
  }

  signal(signal: 'SIGTERM' | 'SIGKILL'): void {
    this.#child.kill(signal)
  }

  #initialize({ initializer, initargs }: StartOptions): void {
    if (initializer === undefined) {
      this.#post(['start'])
      return
    }
    this.#define(initializer)
    this.#post(['initialize', initializer.id, initargs])
  }

  #send(call: Call<unknown>): void {
    const { kind, target, args, context } = call.request
    this.#define(target)
    this.#post(context === undefined ? [kind, target.id, args] : [kind, target.id, args, context])
    this.#isSent = true
    this.#sent += 1
  }

  #define(target: Target): void {
    for (const message of this.#definitions.toSend(target)) this.#post(message)
  }

  #post(message: ToWorker | string): void {
    // The child may have gone: then its end is reported, and what becomes of the message does not matter.
    if (this.#child.connected) this.#child.send(message as never, () => undefined)
  }

  /** Runs in an event of the host: an exception from here would end the process. */
  #take(message: unknown): void {
    // Functions may send messages of their own. The pool ignores them.
    if (!Array.isArray(message) || message[0] !== this.#token) return
    const report: unknown = message[1]
    try {
      if (!isReport(report)) throw new RuntimeError('The worker sent something other than a report.')
      this.#receive(report)
    } catch (error) {
      this.#error ??= error
      this.#child.kill('SIGKILL')
    }
  }

  #receive(message: FromWorker): void {
    switch (message[0]) {
      case 'ready':
        this.#isReady = true
        this.#sendHeld()
        break
      case 'broken':
        this.#events.broken(this, message[1])
        break
      case 'result':
        this.#events.reported(this, this.#takeCall(), { kind: 'result', value: message[1] })
        break
      case 'error':
        this.#events.reported(this, this.#takeCall(), { kind: 'error', error: message[1] })
        break
      case 'uncopied':
        this.#events.reported(this, this.#takeCall(), { kind: 'uncopied', reason: message[1] })
        break
      case 'skipped':
        break
    }
  }

  #sendHeld(): void {
    const call = this.#call
    if (call === null) return
    try {
      this.#send(call)
    } catch (error) {
      this.#events.reported(this, this.#takeCall(), { kind: 'unsent', error })
    }
  }

  #takeCall(): Call<unknown> | null {
    const call = this.#call
    this.#call = null
    this.#isSent = false
    this.#reports += 1
    return call
  }

  #failed(error: unknown): void {
    this.#error = error
    if (this.#child.pid === undefined) this.#ended('could not be started')
  }

  #ended(what: string): void {
    if (this.#hasEnded) return
    this.#hasEnded = true
    clearTimeout(this.#lastResort)
    this.#events.ended(this, { what, cause: this.#error })
  }
}

/** The command-line arguments that run the program of a worker. */
function programOptions(name: string): string[] {
  const { execArgv, versions } = process
  // Deno runs what `-e` is given as a script of another kind, which cannot import anything.
  if (versions['deno'] !== undefined) return ['eval', programText]
  return [...inheritedOptions(execArgv), `--title=${name}`, '-e', programText]
}

/** The options of the runtime that a child shall have as well: loaders, conditions, limits. */
function inheritedOptions(execArgv: readonly string[]): string[] {
  const kept: string[] = []
  let isValue = false
  for (const option of execArgv) {
    const isOfProgram = PROGRAM_OPTIONS.test(option) || DEBUGGER_OPTIONS.test(option)
    if (!isValue && !isOfProgram) kept.push(option)
    isValue = !isValue && WITH_VALUE.test(option)
  }
  return kept
}
