import { KeyboardInterrupt } from '@asyncio-ts/core'
import { exitWhenUncaught } from './exit-when-uncaught.ts'
import { hostProcess } from '../host-process.ts'
import type { SignalName } from '../event-loop/signal-handlers.ts'

/** The shell's exit codes for a program ended by these signals. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const

export type InterruptSignal = keyof typeof EXIT_CODES

/** The part of a task that is cancelled by a signal. */
interface Interruptible {
  done(): boolean
  cancel(): boolean
  uncancel(): number
}

/** The part of a loop that tells which signals it handles itself. */
interface HandlesSignals {
  _handlesSignal(signal: SignalName): boolean
}

/**
 * Ends a task as Ctrl-C does in CPython: the first signal cancels it, the second ends the process at once.
 *
 * A signal that somebody listens to already is left to them, as CPython leaves alone a handler that is not its own.
 * Worker threads receive no signals: nothing happens there.
 */
export class Interrupt {
  readonly #loop: HandlesSignals
  readonly #task: Interruptible | null
  readonly #listeners = new Map<InterruptSignal, () => void>()
  #received: InterruptSignal | null = null

  /** @param task - what the first signal cancels; with `null` already the first ends the process */
  constructor(loop: HandlesSignals, task: Interruptible | null, signals: readonly InterruptSignal[]) {
    this.#loop = loop
    this.#task = task
    const process = hostProcess()
    if (process === null) return
    for (const signal of signals) {
      if (process.listenerCount(signal) > 0) continue
      const listener = (): void => this.#onSignal(signal)
      process.on(signal, listener)
      this.#listeners.set(signal, listener)
    }
  }

  /** Stops listening. */
  release(): void {
    for (const [signal, listener] of this.#listeners) hostProcess()!.off(signal, listener)
    this.#listeners.clear()
  }

  /** The error to end with, when it was a signal that cancelled the task, and nothing else. */
  error(): KeyboardInterrupt | null {
    if (this.#received === null || this.#task!.uncancel() !== 0) return null
    const error = new KeyboardInterrupt(this.#received)
    exitWhenUncaught(error, EXIT_CODES[this.#received])
    return error
  }

  #onSignal(signal: InterruptSignal): void {
    if (this.#loop._handlesSignal(signal)) return
    if (this.#task !== null && this.#received === null && !this.#task.done()) {
      this.#received = signal
      this.#task.cancel()
      return
    }
    hostProcess()!.exit(EXIT_CODES[signal])
  }
}
