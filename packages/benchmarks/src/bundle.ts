import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { BuildOptions } from 'esbuild'
import { COMPILED, compiledSpelling } from './compiled-spelling.ts'
import { installedPeers } from './installed-peers.ts'

const source = fileURLToPath(new URL('.', import.meta.url))
const home = join(source, '..')

/** What is started by itself: the harness, its client, and the files that threads load. */
const programs = [
  'child.ts',
  'echo-client.ts',
  'gate/gate-child.ts',
  'native-worker.ts',
  'pool-functions.ts',
  'workerpool-worker.ts',
]

function scripts(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name))
}

const isOurs = (file: string): boolean => basename(file) === 'asyncio-ts.ts'

const outOf = (file: string): string => relative(source, file).replace(/\.ts$/, '')

const compiledEntry = (file: string): { in: string; out: string } => ({
  in: `${file}?compiled`,
  out: join(dirname(outOf(file)), COMPILED),
})

/**
 * Compiles what the measured processes run, so that no loader sits in them, and returns the folder.
 * It goes away with this process.
 *
 * Ours is compiled in from its sources; with `asInstalled` it is imported from its built packages, as its peers are.
 */
export async function bundleChildren(asInstalled: boolean): Promise<string> {
  // Under node_modules, where the peers are found and no tool looks for sources.
  const parent = join(home, 'node_modules', '.bundles')
  mkdirSync(parent, { recursive: true })
  const outdir = mkdtempSync(join(parent, 'bundle-'))
  process.once('exit', () => rmSync(outdir, { recursive: true }))
  const options: BuildOptions = {
    outdir,
    outbase: source,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: asInstalled ? [...installedPeers(), 'asyncio-ts', 'asyncio-ts/compiled'] : installedPeers(),
    conditions: ['@asyncio-ts/source'],
    logLevel: 'error',
    plugins: [compiledSpelling],
  }
  const all = [...programs.map((name) => join(source, name)), ...scripts(join(source, 'workloads'))]
  const entryPoints = all.map((file) => ({ in: file, out: outOf(file) }))
  await build({ ...options, splitting: true, entryPoints: [...entryPoints, ...all.filter(isOurs).map(compiledEntry)] })
  // A program starts from one file, not from the chunks that the workloads share.
  await build({ ...options, entryPoints: scripts(join(source, 'workloads', 'startup')) })
  writeFileSync(join(outdir, 'package.json'), '{ "type": "module" }')
  return outdir
}
