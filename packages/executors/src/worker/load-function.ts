import type { Definition } from './messages.ts'
import type { Fn } from './new-runner.ts'
import { SIGNAL, TRANSFER } from './symbols.ts'
import type { WorkerHost } from './worker-host.ts'

/**
 * Makes the function that a definition describes; one that cannot be made fails when it is called.
 *
 * A module is imported once, at the first call of one of its functions; until it has been, the calls wait.
 */
export function loadFunction(host: WorkerHost, definition: Definition): Fn {
  const [text, exportName] = definition
  if (exportName === undefined) return evaluated(text)
  let loading: Promise<Fn> | null = null
  let loaded: Fn | null = null
  return (...args) => {
    if (loaded !== null) return loaded(...args)
    loading ??= imported(host, text, exportName).then((fn) => (loaded = fn))
    return loading.then((fn) => fn(...args))
  }
}

async function imported(host: WorkerHost, url: string, exportName: string): Promise<Fn> {
  const module = await host.load(url)
  // Node does not find every export of a CommonJS module by name: they are all on the default.
  const found = module[exportName] ?? (module['default'] as Record<string, unknown> | undefined)?.[exportName]
  if (typeof found === 'function') return found as Fn
  throw new TypeError(`${url} has no function '${exportName}' among its exports: export it under this name.`)
}

function evaluated(text: string): Fn {
  const executorSignal = (): unknown => (globalThis as { [SIGNAL]?: () => unknown })[SIGNAL]?.()
  const transfer = (value: unknown, list: readonly unknown[]): unknown => ({ [TRANSFER]: list, value })
  try {
    return new Function('executorSignal', 'transfer', '__name', text)(executorSignal, transfer, named) as Fn
  } catch (error) {
    // Where the host refuses to make functions of texts, say.
    return () => {
      throw error
    }
  }
}

/** Compilers that keep names wrap nested functions in a call of this: `__name((n) => n, 'inner')`. */
function named(fn: unknown, name: unknown, ...rest: unknown[]): unknown {
  if (typeof fn !== 'function' || typeof name !== 'string' || rest.length > 0) {
    throw new ReferenceError('A function outside of this one is not defined')
  }
  return Object.defineProperty(fn, 'name', { value: name, configurable: true })
}
