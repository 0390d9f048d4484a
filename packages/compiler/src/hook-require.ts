import { readFileSync } from 'node:fs'
import Module from 'node:module'
import { canStripTypes, compileSource, formatOf, isCompiled, stripTypes } from './load-source.ts'

type Compile = (this: NodeJS.Module, code: string, filename: string, format?: string) => unknown
type Extension = (module: NodeJS.Module & { _compile: Compile }, filename: string) => void

/** What Node.js has no types for, and every tool that changes what `require` loads relies on. */
interface Internals {
  readonly prototype: { _compile: Compile }
  readonly _extensions: Record<string, Extension | undefined>
}

/** Compiles what `require` loads, whoever read it. */
export function hookRequire(): void {
  const { prototype, _extensions: extensions } = Module as unknown as Internals
  const { _compile: compile } = prototype
  prototype._compile = function (code, filename, ...rest) {
    const isOurs = typeof code === 'string' && rest[0] !== 'module' && isCompiled(filename)
    return compile.call(this, isOurs ? compileSource(code, filename, 'commonjs') : code, filename, ...rest)
  }
  if (canStripTypes) return
  for (const name of ['.ts', '.cts']) extensions[name] ??= loadTypeScript
}

const loadTypeScript: Extension = (module, filename) => {
  const source = readFileSync(filename, 'utf8')
  if (formatOf(filename, source) === 'module') throw new Error(`${filename} is an ES module: import it.`)
  module._compile(stripTypes(source, filename, 'commonjs'), filename)
}
