import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { afterAll } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))
let folder: string | null = null
let count = 0

afterAll(() => {
  if (folder !== null) rmSync(folder, { recursive: true, force: true })
})

/** Makes a module that a worker can import without a loader of TypeScript, and returns its URL. */
export async function bundle(
  source: { file: string } | { text: string },
  format: 'esm' | 'cjs' = 'esm',
): Promise<string> {
  folder ??= mkdtempSync(join(tmpdir(), 'asyncio-executors-'))
  const outfile = join(folder, `module-${++count}.${format === 'esm' ? 'mjs' : 'cjs'}`)
  await build({
    ...('file' in source
      ? { entryPoints: [fileURLToPath(new URL(source.file, import.meta.url))] }
      : { stdin: { contents: source.text, resolveDir: root, loader: 'ts' as const } }),
    outfile,
    bundle: true,
    format,
    platform: 'node',
    target: 'node20',
    conditions: ['@asyncio-ts/source'],
    logLevel: 'error',
  })
  return pathToFileURL(outfile).href
}
