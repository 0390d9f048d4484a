import { transform } from '../../compiler/src/transform.ts'
import { asyncSpelling } from './async-spelling.ts'

/** Compiles a case in its async spelling: the third spelling is made of the second, as that is of the first. */
export function compiledSpelling(source: string, filename: string): string {
  const compiled = transform(asyncSpelling(source), { filename, runtime: '@asyncio-ts/core/compiled' })
  if (compiled === null) throw new Error(`${filename} has no async function to compile.`)
  return compiled.code
}

/** Serves `case.ts?compiled` in the compiled spelling. */
export function compiledSpellingPlugin() {
  return {
    name: 'compiled-spelling',
    enforce: 'pre' as const,
    transform(code: string, id: string): string | undefined {
      return id.endsWith('case.ts?compiled') ? compiledSpelling(code, id.replace('?compiled', '')) : undefined
    },
  }
}
