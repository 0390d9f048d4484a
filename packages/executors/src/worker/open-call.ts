import { ABORTED, ENDED } from './messages.ts'
import type { ContextValues } from './messages.ts'
import { CANCELLED, INHERITED, SIGNAL } from './symbols.ts'

/** The call that a worker is running. */
export interface CurrentCall {
  abort(): void
  close(): void
}

/** What this package and core find in a worker, whichever copy of them a function imports. */
interface Shared {
  [SIGNAL]?: () => AbortSignal
  [INHERITED]?: ContextValues | undefined
}

function cancelledError(): Error {
  const error = Object.assign(new Error('The call was cancelled.'), { code: 'ERR_ASYNCIO_CANCELLED' })
  Object.defineProperty(error, 'name', { value: 'CancelledError', configurable: true })
  Object.defineProperty(error, CANCELLED, { value: true })
  return error
}

/**
 * Makes the values of context variables, and the signal that tells of a cancel, known to the call that begins.
 *
 * A function that never waits receives no message, so the signal looks into the shared states whenever it is asked.
 */
export function openCall(states: Int32Array | null, slot: number, context: ContextValues | undefined): CurrentCall {
  const shared = globalThis as Shared
  let controller: AbortController | null = null
  let isOpen = true
  let isAborting = false

  const isAborted = (signal: AbortSignal): boolean => Reflect.get(AbortSignal.prototype, 'aborted', signal) as boolean
  const abort = (): void => {
    controller ??= newController()
    // The host asks the signal as well while it aborts it.
    if (isAborting || isAborted(controller.signal)) return
    isAborting = true
    controller.abort(cancelledError())
    isAborting = false
  }
  const look = (signal: AbortSignal): boolean => {
    if (isOpen && states !== null && Atomics.load(states, slot) === ABORTED) abort()
    return isAborted(signal)
  }
  const newController = (): AbortController => {
    const made = new AbortController()
    const { signal } = made
    Object.defineProperties(signal, {
      aborted: { configurable: true, get: () => look(signal) },
      throwIfAborted: {
        configurable: true,
        value: () => {
          if (look(signal)) throw signal.reason
        },
      },
    })
    return made
  }

  shared[SIGNAL] = () => (controller ??= newController()).signal
  shared[INHERITED] = context
  return {
    abort,
    close() {
      isOpen = false
      if (states !== null) Atomics.store(states, slot, ENDED)
      shared[INHERITED] = undefined
    },
  }
}
