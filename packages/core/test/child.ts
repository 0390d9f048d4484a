import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { BuildOptions } from 'esbuild'
import { afterAll } from 'vitest'

export interface ChildOptions {
  /** Flags of node. */
  flags?: string[]
  env?: Record<string, string>
  /** Modules beside the script, by name. */
  files?: Record<string, string>
  /** The module that is imported before the package. */
  first?: string
  /** Kills the child when it has not ended after this many milliseconds. */
  limitMs?: number
}

export interface ChildResult {
  code: number | null
  signal: string | null
  stdout: string
  stderr: string
}

const folder = mkdtempSync(join(tmpdir(), 'asyncio-core-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const source = fileURLToPath(new URL('../src', import.meta.url))
const contents = `export * from './index.ts'\nexport * from './primitives.ts'`
let scripts = 0

async function buildCopies(): Promise<void> {
  const options: BuildOptions = {
    stdin: { contents, resolveDir: source },
    bundle: true,
    format: 'esm',
    target: 'node20',
  }
  await build({ ...options, outfile: join(folder, 'core.mjs') })
  await build({ ...options, outfile: join(folder, 'copy.mjs'), minify: true })
}

let built: Promise<void> | null = null

/**
 * Runs a module in a process of its own, with `core` bound to the package.
 *
 * A second, independent copy of the package can be imported from `./copy.mjs`.
 */
export async function runChild(source: string, options: ChildOptions = {}): Promise<ChildResult> {
  await (built ??= buildCopies())
  const file = join(folder, `script-${++scripts}.mjs`)
  for (const [name, text] of Object.entries(options.files ?? {})) writeFileSync(join(folder, name), text)
  const first = options.first === undefined ? '' : `import '${options.first}'\n`
  writeFileSync(file, `${first}import * as core from './core.mjs'\n${source}`)
  const env = { ...process.env, NODE_OPTIONS: '', ...options.env }
  const child = spawn(process.execPath, [...(options.flags ?? []), file], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const result: ChildResult = { code: null, signal: null, stdout: '', stderr: '' }
  child.stdout.on('data', (chunk: Buffer) => (result.stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (result.stderr += chunk.toString()))
  const killer = setTimeout(() => child.kill('SIGKILL'), options.limitMs ?? 15_000)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => {
      clearTimeout(killer)
      resolve({ ...result, code, signal })
    })
  })
}
