import { copyContext, isCoroutineFunction, RuntimeError, ValueError } from '@asyncio-ts/core'
import { reprOf } from '@asyncio-ts/core/primitives'
import type { KernelLoop } from '@asyncio-ts/core/primitives'
import { hostProcess } from '../host-process.ts'

/** A signal by its name. */
export type SignalName = `SIG${string}`

/** The part of `node:os` that names the signals. */
interface OperatingSystem {
  constants: { signals: Record<string, number> }
}

type Callback = (...args: never[]) => unknown

const UNCATCHABLE = new Set(['SIGKILL', 'SIGSTOP'])

/** The signal handlers of a loop. */
export class SignalHandlers {
  readonly #loop: KernelLoop
  readonly #listeners = new Map<string, () => void>()

  constructor(loop: KernelLoop) {
    this.#loop = loop
  }

  add(signal: SignalName | number, callback: Callback, args: unknown[]): void {
    checkCallback(callback)
    const name = nameOf(signal)
    if (UNCATCHABLE.has(name)) throw new RuntimeError(`sig ${name} cannot be caught: no process can.`)
    checkMainThread()
    this.remove(name)
    const context = copyContext()
    const listener = (): void => {
      this.#loop.callSoon(callback as (...args: unknown[]) => unknown, ...args, { context })
    }
    this.#listeners.set(name, listener)
    hostProcess()!.on(name, listener)
  }

  remove(signal: SignalName | number): boolean {
    const name = nameOf(signal)
    const listener = this.#listeners.get(name)
    if (listener === undefined) return false
    this.#listeners.delete(name)
    hostProcess()!.off(name, listener)
    return true
  }

  has(name: SignalName): boolean {
    return this.#listeners.has(name)
  }

  removeAll(): void {
    for (const name of [...this.#listeners.keys()]) this.remove(name as SignalName)
  }
}

function checkCallback(callback: unknown): void {
  if (typeof callback !== 'function') throw new TypeError(`addSignalHandler takes a function, got ${reprOf(callback)}.`)
  if (isCoroutineFunction(callback)) {
    throw new TypeError('coroutines cannot be used with addSignalHandler(): call createTask inside a plain function.')
  }
}

/** Asked only when a handler is added: loading this package must not load threads. */
function checkMainThread(): void {
  const threads = hostProcess()?.getBuiltinModule?.('node:worker_threads') as { isMainThread: boolean } | undefined
  if (threads?.isMainThread === false) {
    throw new RuntimeError('Signals reach the main thread only: add the handler there, and post a message.')
  }
}

function nameOf(signal: SignalName | number): SignalName {
  const os = hostProcess()?.getBuiltinModule?.('node:os') as OperatingSystem | undefined
  const signals = os?.constants.signals
  if (signals === undefined) {
    throw new RuntimeError('This host has no signals: listen for the events it gives in their place.')
  }
  if (typeof signal === 'string') {
    if (Object.hasOwn(signals, signal)) return signal
    throw new ValueError(`${reprOf(signal)} is not a signal: use a name such as 'SIGTERM'.`)
  }
  if (typeof signal !== 'number') throw new TypeError(`sig must be a name or a number, not ${reprOf(signal)}.`)
  const found = Object.entries(signals).find(([, number]) => number === signal)
  if (found === undefined) throw new ValueError(`invalid signal number ${signal}: see os.constants.signals.`)
  return found[0] as SignalName
}
