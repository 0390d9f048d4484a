import type { File, Program } from '@babel/types'
import { analyze } from './analyze.ts'
import type { Walk } from './walk.ts'
import { Edits } from './edits.ts'
import type { Emission } from './emission.ts'
import { emitFunction } from './emit-function.ts'
import { emitMentions } from './emit-mentions.ts'
import { emitScopes } from './emit-scopes.ts'
import { FreshNames } from './fresh-names.ts'
import { accepts } from './file-filter.ts'
import type { Pattern } from './file-filter.ts'
import { parse } from './parse.ts'
import { preludeOf } from './prelude.ts'
import { Lines, Renderer } from './render.ts'
import { composedMap, originalPlaces } from './source-map.ts'
import type { InputMap, SourceMap } from './source-map.ts'

/** What {@link transform} can be told. */
export interface TransformOptions {
  /** The path of the source. It tells the language, and is what stack traces and source maps name. */
  filename: string
  /** The file as it is named in the table of functions; by default the filename. */
  displayName?: string
  /** The module that compiled code imports; by default `asyncio-ts/compiled`. */
  runtime?: string
  /** Whether the source is an ES module or CommonJS; by default the source tells. */
  module?: 'esm' | 'cjs'
  /** Only files that match are compiled; by default all that are not excluded. */
  include?: Pattern | readonly Pattern[]
  /** Files that match stay as they are; by default everything in `node_modules`. */
  exclude?: Pattern | readonly Pattern[]
  /** The source map of an earlier step that made this source. */
  inputMap?: InputMap | null
}

/** What {@link transform} returns. */
export interface TransformResult {
  code: string
  map: SourceMap
}

const moduleStatements = /^(Import|Export|TSImportEquals|TSExportAssignment)/

function isModule(file: File, walk: Walk, option: 'esm' | 'cjs' | undefined, filename: string): boolean {
  if (option === 'esm' || file.program.body.some(({ type }) => moduleStatements.test(type))) return true
  if (option === 'cjs') return false
  if (file.program.sourceType === 'module' || walk.hasTopLevelAwait) return true
  if (/\.c[jt]s$/.test(filename)) return false
  const commonJs = new Set(['require', 'module', 'exports', '__filename', '__dirname'])
  return !walk.references.some(({ name, scope }) => commonJs.has(name) && scope.find(name) === null)
}

function startOf(program: Program, code: string): number {
  const first = program.body[0]
  return first?.start ?? program.directives.at(-1)?.end ?? code.length
}

function emissionFor(code: string, walk: Walk): Emission {
  return {
    code,
    edits: new Edits(),
    names: new FreshNames(walk.names),
    lines: new Lines(code),
    sites: [],
    siteNames: [],
    moduleVariables: [],
    extended: new Set(),
  }
}

/** A module whose exports another tool wants to be async functions. */
function isForServers(program: Program): boolean {
  return program.directives.some(({ value }) => /^use (?!strict$|client$)/.test(value.value))
}

/**
 * Compiles the async functions of a source. Types, JSX and decorators stay as they are.
 *
 * @param code - JavaScript or TypeScript, as an ES module or CommonJS.
 * @param options - The file name at least.
 * @returns The compiled source with its map, or null if there is nothing to compile.
 * @throws SyntaxError if the source cannot be parsed.
 *
 * @example
 * import { transform } from '@asyncio-ts/compiler'
 *
 * const result = transform('export async function f() { await g() }', { filename: 'f.ts' })
 * console.log(result?.code)
 */
export function transform(code: string, options: TransformOptions): TransformResult | null {
  if (!/\basync\b/.test(code) || !accepts(options.filename, options)) return null
  const sourceType = options.module === 'esm' ? 'module' : 'unambiguous'
  const file = parse(code, options.filename, sourceType)
  const { program } = file
  if (isForServers(program)) return null
  const walk = analyze(program, program.sourceType === 'module', code, file.comments ?? [])
  const compiled = walk.records.filter((record) => record.isCompiled)
  if (compiled.length === 0) return null
  const emission = emissionFor(code, walk)
  emitMentions(emission, walk)
  for (const record of compiled) emitFunction(emission, record)
  emitScopes(emission, walk.records)
  const usesImport = isModule(file, walk, options.module, options.filename)
  const places = originalPlaces(options.inputMap ?? null)
  const name = options.displayName ?? options.filename
  const prelude = preludeOf(emission, { usesImport, runtime: options.runtime ?? 'asyncio-ts/compiled', name, places })
  const start = startOf(program, code)
  emission.edits.insert(start, 0, prelude)
  const renderer = new Renderer(code, emission.edits, emission.lines)
  const output = renderer.render()
  return {
    code: output,
    map: composedMap({ renderer, code, filename: options.filename, inputMap: options.inputMap ?? null }),
  }
}
