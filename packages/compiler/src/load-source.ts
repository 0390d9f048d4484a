import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { accepts, isSource } from './file-filter.ts'
import { runtimeFor } from './runtime-for.ts'
import { transform } from './transform.ts'
import type { SourceMap } from './source-map.ts'

type Format = 'module' | 'commonjs'

/** Whether Node.js takes the types away itself. */
export const canStripTypes = Boolean((process.features as { typescript?: unknown }).typescript)

export const isTypeScript = (path: string): boolean => /\.[cm]?tsx?$/.test(path)

/** Whether a file is one whose functions are compiled. */
export function isCompiled(path: string): boolean {
  return isSource(path) && accepts(path, {})
}

/** The path of a module that was loaded from a file. */
export function pathOf(url: string): string | null {
  return url.startsWith('file:') ? fileURLToPath(url) : null
}

const inlineMap = /\n\/\/# sourceMappingURL=data:application\/json[^,]*;base64,([A-Za-z0-9+/=]+)\s*$/

function withMap(code: string, map: SourceMap): string {
  return `${code}\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(JSON.stringify(map)).toString('base64')}\n`
}

/** What files have become: a source may pass by two hooks. */
const compiledFiles = new Map<string, string>()

/** Compiles the source of a file, which another loader may have changed before. */
export function compileSource(source: string, path: string, format: Format): string {
  if (compiledFiles.get(path) === source) return source
  const found = inlineMap.exec(source)
  const code = found === null ? source : source.slice(0, found.index)
  const inputMap = found === null ? null : Buffer.from(found[1]!, 'base64').toString()
  const compile = (runtime: string) =>
    transform(code, { filename: path, runtime, module: format === 'module' ? 'esm' : 'cjs', inputMap })
  const trial = compile('asyncio-ts/compiled')
  if (trial === null) return source
  const runtime = runtimeFor(path, process.cwd())
  const { code: compiled, map } = runtime === 'asyncio-ts/compiled' ? trial : compile(runtime)!
  const text = withMap(compiled, { ...map, sources: map.sources.map((name) => name ?? path) })
  compiledFiles.set(path, text)
  return text
}

/** How Node.js runs a TypeScript file that it cannot read itself: by its name, its package, or what it says. */
export function formatOf(path: string, source: string): Format {
  if (/\.mtsx?$/.test(path)) return 'module'
  if (/\.ctsx?$/.test(path)) return 'commonjs'
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const type = typeIn(folder)
    if (type === 'module') return 'module'
    if (type === 'commonjs') return 'commonjs'
    if (type !== null || dirname(folder) === folder) break
  }
  return /^\s*(?:import|export)\b/m.test(source) ? 'module' : 'commonjs'
}

/** The `type` of the manifest in a folder: null without one, the empty string where it says nothing. */
function typeIn(folder: string): string | null {
  const path = join(folder, 'package.json')
  if (!existsSync(path)) return null
  return (JSON.parse(readFileSync(path, 'utf8')) as { type?: string }).type ?? ''
}

interface Esbuild {
  transformSync(code: string, options: object): { code: string; map: string }
}

interface TypeScript {
  transpileModule(code: string, options: object): { outputText: string; sourceMapText?: string }
}

function tool<T>(name: string, path: string): T | null {
  for (const from of [path, join(process.cwd(), 'file.js')]) {
    try {
      return createRequire(from)(name) as T
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error
    }
  }
  return null
}

/**
 * Takes the types out of a source, with esbuild or TypeScript, whichever the project has.
 *
 * @throws Error if it has neither.
 */
export function stripTypes(source: string, path: string, format: Format): string {
  const esbuild = tool<Esbuild>('esbuild', path)
  if (esbuild !== null) {
    const loader = path.endsWith('x') ? 'tsx' : 'ts'
    const options = {
      loader,
      sourcefile: path,
      sourcemap: 'inline',
      format: format === 'module' ? 'esm' : 'cjs',
      target: `node${process.versions.node}`,
    }
    return esbuild.transformSync(source, options).code
  }
  const typescript = tool<TypeScript>('typescript', path)
  if (typescript !== null) {
    const compilerOptions = {
      target: 99,
      module: format === 'module' ? 99 : 1,
      inlineSourceMap: true,
      inlineSources: true,
      verbatimModuleSyntax: false,
    }
    return typescript.transpileModule(source, { fileName: path, compilerOptions }).outputText
  }
  throw new Error(
    `${path} is TypeScript, which Node.js ${process.versions.node} does not read. Install esbuild or typescript in the ` +
      'project, start with --import tsx before this, or use Node.js 22.18 or later.',
  )
}
