import type * as acorn from 'acorn'
import { builtin } from './builtin.ts'

/** The part of the parser that is used. */
export type Parse = (typeof acorn)['parseExpressionAt']

/** Where modules of CommonJS are. */
declare const __filename: string

let parse: Parse | null | undefined

/**
 * Returns the parser, loaded when first needed: most programs that import this package start without it.
 *
 * A static import would load it for all of them, and `import()` would come too late for a call that has to be refused.
 *
 * @returns null where it is not found: in a program that was bundled into one file and installed nowhere
 */
export function parser(): Parse | null {
  return (parse ??= load())
}

function load(): Parse | null {
  // Compiled to an old ECMAScript, a module has neither of them.
  const here = (import.meta as { url?: string }).url ?? (typeof __filename === 'string' ? __filename : undefined)
  if (here === undefined) return null
  const require = builtin('node:module').createRequire(here)
  try {
    return (require('acorn') as typeof acorn).parseExpressionAt
  } catch (error) {
    if ((error as { code?: string }).code === 'MODULE_NOT_FOUND') return null
    throw error
  }
}
