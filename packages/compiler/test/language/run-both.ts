import { transformSync } from 'esbuild'
import { inspect } from 'node:util'
import { expect } from 'vitest'
import { transform } from '../../src/index.ts'
import * as promises from '../runtime/compiled.ts'

/** The runtime of core, or one of plain promises. */
import '@asyncio-ts/core'
const runtime: unknown =
  process.env['COMPILED_RUNTIME'] === 'promises' ? promises : await import('@asyncio-ts/core/compiled')

export interface RunOptions {
  /** How the case is written; JavaScript by default. */
  language?: 'js' | 'ts' | 'tsx'
  /** Whether the case may have functions that stay plain: how many are compiled otherwise is checked by the caller. */
  strict?: boolean
}

/** An error as a line: the wording of the engine's own may differ. */
function describeError(error: unknown): string {
  if (!(error instanceof Error)) return `thrown ${inspect(error)}`
  const isOfEngine = ['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(error.name)
  return isOfEngine ? `thrown ${error.name}` : `thrown ${error.name}: ${error.message}`
}

/** Takes types and `using` away, which not every engine knows. */
function stripped(code: string, language: 'js' | 'ts' | 'tsx'): string {
  const needsLowering = /\busing\b|@/.test(code)
  if (language === 'js' && !needsLowering) return code
  const options = { tsconfigRaw: { compilerOptions: { experimentalDecorators: /experimentalDecorators/.test(code) } } }
  return transformSync(code, { loader: language, target: 'es2022', jsxFactory: 'h', ...options }).code
}

/** Runs a program whose `main` returns what it has to say, and returns what it logged. */
export async function trace(code: string): Promise<string[]> {
  const lines: string[] = []
  const log = (...values: unknown[]): void => {
    lines.push(
      values
        .map((value) => (value instanceof Error ? describeError(value) : inspect(value, { depth: 4, sorted: true })))
        .join(' '),
    )
  }
  const sleep = (turns = 1): Promise<void> =>
    new Promise((resolve) => {
      const step = (left: number): void => (left === 0 ? resolve() : queueMicrotask(() => step(left - 1)))
      step(turns)
    })
  const module = { exports: {} as Record<string, unknown> }
  const load = (name: string): unknown => {
    if (name !== 'asyncio-ts/compiled') throw new Error(`Nothing is known of ${name}.`)
    return runtime
  }
  try {
    // The cases are programs of their own, and the compiled ones are text as well.
    const start = new Function('require', 'module', 'exports', 'log', 'sleep', code)
    const result: unknown = await Reflect.apply(start, undefined, [load, module, module.exports, log, sleep])
    log('returned', result)
  } catch (error) {
    lines.push(describeError(error))
  }
  return lines
}

export interface Compiled {
  readonly code: string
  readonly lines: string[]
}

/** Runs a program as it is and compiled, and expects the same of both. */
export async function runBoth(source: string, { language = 'js', strict = false }: RunOptions = {}): Promise<Compiled> {
  const program = `${strict ? "'use strict';" : ''}${source}\n;return main()`
  const result = transform(program, { filename: `case.${language}`, module: 'cjs' })
  if (result === null) throw new Error('Nothing was compiled.')
  const runnable = (code: string): string => stripped(code, language)
  const plain = await trace(runnable(program))
  let compiled: string[]
  try {
    compiled = await trace(runnable(result.code))
  } catch (error) {
    throw new Error(`The compiled program does not run:\n${result.code}`, { cause: error })
  }
  expect(compiled, result.code).toEqual(plain)
  expect(plain.length).toBeGreaterThan(0)
  return { code: result.code, lines: plain }
}

/** How many async functions a source has left. */
export function plainFunctionsIn(code: string): number {
  return (code.match(/\basync\b(?!\$)(?!:)/g) ?? []).length
}
