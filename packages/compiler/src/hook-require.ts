import { readFileSync } from 'node:fs'
import Module from 'node:module'
import { canStripTypes, compileSource, formatOf, isCompiled, stripTypes } from './load-source.ts'

type Compiling = NodeJS.Module & { _compile(code: string, filename: string): unknown }
type Extension = (module: Compiling, filename: string) => unknown

/** Compiles what `require` loads, where Node.js has no hooks for that. Other tools extend it in the same way. */
export function hookRequire(): void {
  // `require.extensions` is the same object; it has no types beyond NodeJS.Module.
  const extensions = (Module as unknown as { _extensions: Record<string, Extension | undefined> })._extensions
  for (const name of ['.js', '.cjs', '.ts', '.cts', '.tsx', '.mts'].filter((each) => each === '.js' || extensions[each] !== undefined)) {
    extensions[name] = compiling(extensions[name]!)
  }
  if (canStripTypes) return
  for (const name of ['.ts', '.cts']) extensions[name] ??= compiling(typed)
}

/** Lets an extension hand its text to the compiler before it is run. */
function compiling(load: Extension): Extension {
  return (module, filename) => {
    if (!isCompiled(filename)) return load(module, filename)
    const compile = module._compile
    module._compile = function (code, name) {
      module._compile = compile
      return compile.call(module, compileSource(code, filename, 'commonjs'), name)
    }
    return load(module, filename)
  }
}

const typed: Extension = (module, filename) => {
  const source = readFileSync(filename, 'utf8')
  if (formatOf(filename, source) === 'module') throw new Error(`${filename} is an ES module: import it.`)
  module._compile(stripTypes(source, filename, 'commonjs'), filename)
}
