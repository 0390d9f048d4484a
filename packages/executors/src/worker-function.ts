import { RuntimeError } from '@asyncio-ts/core'
import { reprOf } from '@asyncio-ts/core/primitives'

/** Any function that an executor can call. */
export type Callable = (...args: never[]) => unknown

/** The names under which a module exports functions. */
export type FunctionNames<Module> = {
  [Name in keyof Module]: Module[Name] extends Callable ? Name : never
}[keyof Module] &
  string

/** An export that is called in a worker. */
export interface ModuleExport {
  readonly url: string
  readonly name: string
}

const MODULE_EXPORT = Symbol.for('asyncio-ts.workerFunction')

/**
 * Names a function that a module exports, to be called in workers; it may use anything its module does.
 *
 * A worker imports the module when it first needs it, and keeps it. The module runs there from the top: what may only
 * happen once belongs elsewhere, or behind a check.
 *
 * @param module - the URL of the module, such as `import.meta.url` or `new URL('./work.js', import.meta.url)`
 * @param name - the name of the export
 * @returns what executors take in place of the function, with its type
 * @throws TypeError if the module is not an absolute URL, or the name is empty
 * @remarks
 * **Differences from CPython** An extension: Python's threads share their modules.
 * @extension
 * @example
 * // work.ts: export function fib(n: number): number { … }
 * const fib = workerFunction<typeof import('./work.ts'), 'fib'>(new URL('./work.ts', import.meta.url), 'fib')
 * console.log(await toThread(fib, 30))
 */
export function workerFunction<Module extends object, Name extends FunctionNames<Module>>(
  module: string | URL,
  name: Name,
): Module[Name]
export function workerFunction<Fn extends Callable>(module: string | URL, name: string): Fn
export function workerFunction(module: string | URL, name: string): Callable {
  const url = absoluteUrl(module)
  if (typeof name !== 'string' || name === '') {
    throw new TypeError(`workerFunction takes the name of an export, got ${reprOf(name)}.`)
  }
  const reference = (): never => {
    throw new RuntimeError(
      `This stands for '${name}' of ${url} in a worker: pass it to an executor, or import it to call it.`,
    )
  }
  Object.defineProperty(reference, 'name', { value: name, configurable: true })
  Object.defineProperty(reference, MODULE_EXPORT, { value: { url, name } satisfies ModuleExport })
  return reference
}

function absoluteUrl(module: string | URL): string {
  if (URL.canParse(String(module))) return String(module)
  throw new TypeError(`workerFunction takes the URL of a module, such as import.meta.url, got ${reprOf(module)}.`)
}

/** Returns which export a function stands for; null when it is an ordinary one. */
export function moduleExportOf(fn: unknown): ModuleExport | null {
  return ((fn as Record<symbol, ModuleExport> | null)?.[MODULE_EXPORT] as ModuleExport | undefined) ?? null
}
