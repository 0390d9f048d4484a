import { transform } from '../../compiler/src/transform.ts'
import { asyncSpelling } from './async-spelling.ts'

/** Compiles a case in its async spelling: the third spelling is made of the second, as that is of the first. */
export function compiledSpelling(source: string, filename: string): string {
  const compiled = transform(asyncSpelling(source), { filename, runtime: '@asyncio-ts/core/compiled' })
  if (compiled === null) throw new Error(`${filename} has no async function to compile.`)
  return compiled.code
}

/** The modules of the interpreter of random programs that are written with `yield*`. */
const INTERPRETER = /from '\.\/(interpreter|operations|scopes)\.ts'/g

/** Compiles a module of the interpreter of random programs in the same way. */
export function compiledInterpreter(source: string, filename: string): string {
  const inert = "import { inert } from '../case.ts'\n"
  const spelled = asyncSpelling(source.replace(/^(\s+)\*(\w+)\(/gm, '$1async $2('))
    .replaceAll('asyncio.coroutine(', 'inert(')
    .replace(INTERPRETER, "from './$1.ts?compiled'")
  const compiled = transform(inert + spelled, { filename, runtime: '@asyncio-ts/core/compiled' })
  return compiled?.code ?? spelled
}

/** Serves `case.ts?compiled`, and the interpreter of random programs, in the compiled spelling. */
export function compiledSpellingPlugin() {
  return {
    name: 'compiled-spelling',
    enforce: 'pre' as const,
    transform(code: string, id: string): string | undefined {
      const [filename, query] = id.split('?')
      if (query !== 'compiled') return undefined
      if (filename!.endsWith('/case.ts')) return compiledSpelling(code, filename!)
      return filename!.includes('/random-programs/') ? compiledInterpreter(code, filename!) : undefined
    },
  }
}
