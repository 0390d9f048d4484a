import type { ContextValues } from './messages.ts'

/** The call that a worker is running. */
export interface CurrentCall {
  abort(): void
  close(): void
}

/**
 * Makes the values of context variables, and the signal that tells of a cancel, known to the call that begins.
 *
 * A function that never lets go of its thread receives no message, so the signal looks into the shared states whenever
 * it is asked.
 */
export function openCall(states: Int32Array | null, slot: number, context: ContextValues | undefined): CurrentCall {
  const shared = globalThis as unknown as Record<symbol, unknown>
  let controller: AbortController | null = null
  let isOpen = true

  const isAborted = (): boolean => Reflect.get(AbortSignal.prototype, 'aborted', controller!.signal) as boolean
  const abort = (): void => {
    const reason = Object.assign(new Error('The call was cancelled.'), { code: 'ERR_ASYNCIO_CANCELLED' })
    Object.defineProperty(reason, 'name', { value: 'CancelledError', configurable: true })
    Object.defineProperty(reason, Symbol.for('asyncio-ts.CancelledError'), { value: true })
    controller ??= newController()
    if (!isAborted()) controller.abort(reason)
  }
  const look = (): boolean => {
    if (isOpen && states !== null && Atomics.load(states, slot) === 4) abort()
    return isAborted()
  }
  const newController = (): AbortController => {
    controller = new AbortController()
    const { signal } = controller
    Object.defineProperties(signal, {
      aborted: { configurable: true, get: look },
      throwIfAborted: {
        configurable: true,
        value: () => {
          if (look()) throw signal.reason
        },
      },
    })
    return controller
  }

  shared[Symbol.for('asyncio-ts.executor.signal')] = () => (controller ??= newController()).signal
  shared[Symbol.for('asyncio-ts.inherited')] = context
  return {
    abort,
    close() {
      isOpen = false
      if (states !== null) Atomics.store(states, slot, 5)
      shared[Symbol.for('asyncio-ts.inherited')] = undefined
    },
  }
}
