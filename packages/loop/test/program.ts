import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'asyncio-loop-'))
let programs = 0

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** How a program ended, and what it printed. */
export interface Ending {
  code: number | null
  signal: string | null
  stdout: string
  stderr: string
}

/** Bundles a program, so that it starts in the time that a process takes. */
async function bundle(source: string): Promise<string> {
  const outfile = join(folder, `program-${++programs}.mjs`)
  await build({
    stdin: { contents: source, resolveDir: root, loader: 'ts' },
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    conditions: ['@asyncio-ts/source'],
    logLevel: 'error',
  })
  return outfile
}

/**
 * Runs TypeScript in a process of its own, which is killed after ten seconds.
 *
 * @param source - the program
 * @param onLine - called with each line it prints; sends signals, for instance
 */
export async function runProgram(
  source: string,
  onLine: (line: string, child: ChildProcess) => void = () => undefined,
  options: { env?: Record<string, string>; flags?: string[] } = {},
): Promise<Ending> {
  const child = spawn(process.execPath, [...(options.flags ?? []), await bundle(source)], {
    cwd: root,
    timeout: 10_000,
    env: { ...process.env, NODE_OPTIONS: '', ...options.env },
  })
  let stdout = ''
  let stderr = ''
  let rest = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
    const lines = (rest + text).split('\n')
    rest = lines.pop()!
    for (const line of lines) onLine(line, child)
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }))
  })
}
