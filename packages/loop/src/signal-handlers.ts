import { reprOf, RuntimeError, ValueError } from '@asyncio-ts/core'
import type { KernelLoop } from '@asyncio-ts/core'
import { hostProcess } from './host-process.ts'

/** A signal by its name. */
export type SignalName = `SIG${string}`

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
    this.remove(name)
    const listener = (): void => void this.#loop.callSoon(callback as (...args: unknown[]) => unknown, ...args)
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
  const kind = callback.constructor.name
  if (kind === 'AsyncFunction' || kind === 'GeneratorFunction') {
    throw new TypeError('coroutines cannot be used with addSignalHandler(): call createTask inside a plain function.')
  }
}

function nameOf(signal: SignalName | number): SignalName {
  const signals = hostProcess()?.getBuiltinModule?.('node:os').constants.signals
  if (signals === undefined) throw new RuntimeError('This host has no signals.')
  if (typeof signal === 'string') {
    if (signal in signals) return signal
    throw new ValueError(`${reprOf(signal)} is not a signal: use a name such as 'SIGTERM'.`)
  }
  if (typeof signal !== 'number') throw new TypeError(`sig must be a name or a number, not ${reprOf(signal)}.`)
  const found = Object.entries(signals).find(([, number]) => number === signal)
  if (found === undefined) throw new ValueError(`invalid signal number ${signal}: see os.constants.signals.`)
  return found[0] as SignalName
}
