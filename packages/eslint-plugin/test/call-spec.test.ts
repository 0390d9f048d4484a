import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { ASYNC_ITERABLES, FUNCTIONS, isLibraryModule, METHODS } from '../src/library/call-spec.ts'
import type { Result } from '../src/library/call-spec.ts'

const packages = ['core', 'tasks', 'sync', 'queues', 'loop', 'streams', 'executors', 'subprocess', 'testing']
const entryOf = (name: string): string => fileURLToPath(new URL(`../../${name}/src/index.ts`, import.meta.url))
const entries = [...packages.map(entryOf), fileURLToPath(new URL('../../core/src/primitives.ts', import.meta.url))]
const program = ts.createProgram(entries, {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  customConditions: ['@asyncio-ts/source'],
  lib: ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts', 'lib.dom.d.ts'],
  types: ['node'],
  strict: true,
  noEmit: true,
  allowImportingTsExtensions: true,
})
const checker = program.getTypeChecker()

/** What the declared type of a result means for whoever calls. */
function resultOf(type: ts.Type): Result {
  const names = [type, ...(type.isUnion() ? type.types : [])].map((each) => each.symbol?.name ?? '')
  if (names.some((name) => name === 'CoroutineObject')) return 'lazy'
  if (names.some((name) => /^(?:Future|FutureLike|Task|TaskLike|Awaitable)$/.test(name))) return 'future'
  return names.includes('Promise') ? 'promise' : 'other'
}

const exported = entries.flatMap((entry) => {
  const module = checker.getSymbolAtLocation(program.getSourceFile(entry)!)!
  return checker.getExportsOfModule(module).map((symbol) => {
    const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0
    return [symbol.name, isAlias ? checker.getAliasedSymbol(symbol) : symbol] as const
  })
})

const functions = exported.flatMap(([name, symbol]) => {
  if ((symbol.flags & ts.SymbolFlags.Function) === 0) return []
  const [signature] = checker.getTypeOfSymbol(symbol).getCallSignatures()
  const result = resultOf(signature!.getReturnType())
  // The current task is handed out, not made.
  return result === 'other' || name === 'currentTask' ? [] : [[name, result] as const]
})

/** Kernel types, of which users see the classes that are exported beside them. */
const INTERNAL =
  /^(?:Kernel|.*Like$|.*Loop$|Executor$|InertCoroutine$|Future$|Task$|WaitingFuture$|TimerFuture$|PoolExecutor$|TestedLoop$)/

const methods = exported.flatMap(([name, symbol]) => {
  if ((symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface)) === 0 || INTERNAL.test(name)) return []
  return checker
    .getDeclaredTypeOfSymbol(symbol)
    .getProperties()
    .flatMap((property) => {
      const signatures = checker.getTypeOfSymbol(property).getCallSignatures()
      const isPublic = /^[a-z]/.test(property.name) && !['then', 'catch', 'finally'].includes(property.name)
      if (!isPublic || signatures.length === 0) return []
      // What waits only with some arguments is told by its type alone.
      const results = new Set(signatures.map((signature) => resultOf(signature.getReturnType())))
      const [result] = results
      return results.size > 1 || result === undefined || result === 'other'
        ? []
        : [[`${name}.${property.name}`, result] as const]
    })
})

describe('what the rules know of the library', () => {
  it('covers the packages', () => {
    expect(functions.length).toBeGreaterThan(20)
    expect(methods.length).toBeGreaterThan(40)
  })

  it.each(functions)('%s returns what is %s', (name, result) => expect(FUNCTIONS[name]?.returns).toBe(result))

  it.each(methods)('%s returns what is %s', (path, result) => {
    const [owner, name] = path.split('.') as [string, string]
    expect(METHODS[owner]?.[name]?.returns).toBe(result)
  })

  it('names nothing that is not there', () => {
    const names = new Set(exported.map(([name]) => name))
    // A type that a method returns may be used without being exported itself.
    const known = [...Object.keys(FUNCTIONS), ...Object.keys(METHODS), ...ASYNC_ITERABLES]
    expect(known.filter((name) => !names.has(name))).toEqual([])
  })

  it('knows every published package', () => {
    for (const name of packages) expect(isLibraryModule(`@asyncio-ts/${name}`)).toBe(true)
    expect(isLibraryModule('asyncio-ts')).toBe(true)
    expect(isLibraryModule('@asyncio-ts/core/primitives')).toBe(true)
    expect(isLibraryModule('@asyncio-ts/conformance')).toBe(false)
    expect(isLibraryModule('asyncio-tsx')).toBe(false)
    expect(readdirSync(new URL('../../', import.meta.url))).toEqual(expect.arrayContaining(packages))
  })
})
