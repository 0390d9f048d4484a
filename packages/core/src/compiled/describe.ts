import type { FunctionSite } from './function-site.ts'
import { watchStores } from './stores.ts'

/**
 * Makes the table of a module's functions, once when the module is loaded.
 *
 * @param file - the path or URL of the source
 * @param functions - the name, line and column of each function, and the positions of its awaits
 */
export function describe(
  file: string,
  functions: readonly (readonly [name: string, line: number, column: number, sites: readonly number[]])[],
): FunctionSite[] {
  watchStores()
  return functions.map(([name, line, column, sites]) => ({ name, file, line, column, sites }))
}
