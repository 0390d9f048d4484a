import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The entries of a package: what its users can import. */
function entriesOf(name: string): string[] {
  return ['index.ts', 'primitives.ts'].map((file) => `${root}packages/${name}/src/${file}`).filter(existsSync)
}

const packages = readdirSync(`${root}packages`).filter((name) => existsSync(`${root}packages/${name}/src/index.ts`))
const program = ts.createProgram(packages.flatMap(entriesOf), {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  customConditions: ['@asyncio-ts/source'],
  allowImportingTsExtensions: true,
  noEmit: true,
  strict: true,
  skipLibCheck: true,
  types: ['node'],
  lib: ['lib.esnext.d.ts', 'lib.dom.d.ts'],
})
const checker = program.getTypeChecker()

function isPublic(member: ts.Symbol): boolean {
  const declarations = member.declarations ?? []
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected
  return declarations.every((declaration) => (ts.getCombinedModifierFlags(declaration) & hidden) === 0)
}

/** The members that completion offers on an instance of what an entry exports, and that are no business of a user. */
function secretsOf(entry: string): string[] {
  const module = checker.getSymbolAtLocation(program.getSourceFile(entry)!)!
  return checker.getExportsOfModule(module).flatMap((exported) => {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported
    if ((symbol.flags & ts.SymbolFlags.Class) === 0) return []
    const members = checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol))
    // TypeScript escapes names that begin with two underscores; those of #private members begin with one.
    const names = members.filter(isPublic).map((member) => member.name)
    return names.filter((name) => /^_[a-z]/.test(name)).map((name) => `${exported.name}.${name}`)
  })
}

/**
 * Classes that still show more: two copies of core must recognise each other's futures, and other packages build on
 * parts of these. The lists may become shorter, never longer.
 */
const SHOWN: Readonly<Record<string, readonly string[]>> = {
  core: ['Context', 'ExceptionGroup', 'Future', 'Handle', 'Task', 'TimerHandle', 'Token'],
  executors: ['LoopPort'],
  loop: ['EventLoop', 'Socket'],
  streams: ['FlowControlProtocol', 'StreamReader', 'StreamReaderProtocol', 'StreamWriter'],
  tasks: ['TaskGroup', 'Timeout'],
  testing: ['MemoryTransport', 'VirtualLoop'],
}

describe('completion shows public names only', () => {
  // The umbrella package exports what the others do.
  it.each(packages.filter((name) => name !== 'asyncio-ts'))('on what %s exports', (name) => {
    const classes = secretsOf(`${root}packages/${name}/src/index.ts`).map((member) => member.split('.')[0])
    expect(SHOWN[name] ?? []).toEqual(expect.arrayContaining([...new Set(classes)]))
  })

  it('finds what is shown', () => {
    expect(secretsOf(`${root}packages/core/src/primitives.ts`)).toContain('BaseEventLoop._enqueue')
  })
})
