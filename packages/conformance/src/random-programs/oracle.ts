import { readFileSync } from 'node:fs'
import { loadPyodide } from 'pyodide'
import type { Program } from './program.ts'

/** Runs programs on CPython, many in a call, and returns their traces. */
export type Oracle = (programs: Program[]) => string[]

export async function loadOracle(): Promise<Oracle> {
  const python = await loadPyodide()
  python.runPython(readFileSync(new URL('interpret.py', import.meta.url), 'utf8'))
  const { globals } = python as unknown as { globals: Map<string, unknown> }
  const run = globals.get('run_programs') as (programs: string) => string
  return (programs) => {
    try {
      return JSON.parse(run(JSON.stringify(programs))) as string[]
    } catch (error) {
      // The error itself carries the source of all of pyodide.
      throw new Error(`A random program failed on CPython: ${(error as Error).message}`, { cause: null })
    }
  }
}
