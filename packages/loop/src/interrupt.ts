import { KeyboardInterrupt } from '@asyncio-ts/core'
import type { Task } from '@asyncio-ts/core'
import type { EventLoop } from './event-loop.ts'
import { hostProcess } from './host-process.ts'

/** The shell's exit codes for a program ended by these signals. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const

export type InterruptSignal = keyof typeof EXIT_CODES

/**
 * Ends a task as Ctrl-C does in CPython: the first signal cancels it, the second ends the process at once.
 *
 * A signal that has a listener already is left to it.
 */
export class Interrupt {
  readonly #loop: EventLoop
  readonly #task: Task<unknown>
  readonly #listeners = new Map<InterruptSignal, () => void>()
  #received: InterruptSignal | null = null

  constructor(loop: EventLoop, task: Task<unknown>, signals: readonly InterruptSignal[]) {
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
    if (this.#received === null || this.#task.uncancel() !== 0) return null
    const error = new KeyboardInterrupt(this.#received)
    exitWhenUncaught(error, EXIT_CODES[this.#received])
    return error
  }

  #onSignal(signal: InterruptSignal): void {
    if (this.#loop._handlesSignal(signal)) return
    if (this.#received === null && !this.#task.done()) {
      this.#received = signal
      this.#task.cancel()
      return
    }
    hostProcess()!.exit(EXIT_CODES[signal])
  }
}

const exitCodes = new WeakMap<object, number>()
let watching = false

/** A program that was interrupted and does not catch it ends with the shell's exit code, and without a stack trace. */
function exitWhenUncaught(error: KeyboardInterrupt, exitCode: number): void {
  exitCodes.set(error, exitCode)
  if (watching) return
  watching = true
  hostProcess()!.on('uncaughtExceptionMonitor', (uncaught: unknown) => {
    const code = typeof uncaught === 'object' && uncaught !== null ? exitCodes.get(uncaught) : undefined
    if (code !== undefined) hostProcess()!.exit(code)
  })
}
