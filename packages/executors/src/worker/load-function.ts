import type { Definition } from './messages.ts'
import type { WorkerHost } from './worker-host.ts'

/**
 * Makes the function that a definition describes.
 *
 * A module is imported once, at the first call of one of its functions; until it has been, the calls wait.
 */
export function loadFunction(host: WorkerHost, definition: Definition): (...args: unknown[]) => unknown {
  const [text, exportName] = definition
  const shared = globalThis as unknown as Record<symbol, () => unknown>
  if (exportName === undefined) {
    const executorSignal = (): unknown => shared[Symbol.for('asyncio-ts.executor.signal')]!()
    const transfer = (value: unknown, list: readonly unknown[]): unknown => ({
      [Symbol.for('asyncio-ts.transfer')]: list,
      value,
    })
    // Compilers that keep names wrap nested functions in a call of __name.
    const make = new Function('executorSignal', 'transfer', '__name', text)
    return make(executorSignal, transfer, (fn: unknown) => fn) as (...args: unknown[]) => unknown
  }
  const load = async (): Promise<(...args: unknown[]) => unknown> => {
    const module = await host.load(text)
    // Node does not find every export of a CommonJS module by name: they are all on the default.
    const found = module[exportName] ?? (module['default'] as Record<string, unknown> | undefined)?.[exportName]
    if (typeof found === 'function') return found as (...args: unknown[]) => unknown
    throw new TypeError(`${text} has no function '${exportName}' among its exports: export it under this name.`)
  }
  let loading: Promise<(...args: unknown[]) => unknown> | null = null
  let loaded: ((...args: unknown[]) => unknown) | null = null
  return (...args) => {
    if (loaded !== null) return loaded(...args)
    loading ??= load().then((fn) => (loaded = fn))
    return loading.then((fn) => fn(...args))
  }
}
