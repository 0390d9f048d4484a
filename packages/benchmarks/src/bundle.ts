import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { BuildOptions } from 'esbuild'
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
    external: asInstalled ? [...installedPeers(), 'asyncio-ts'] : installedPeers(),
    conditions: ['@asyncio-ts/source'],
    logLevel: 'error',
  }
  const all = [...programs.map((name) => join(source, name)), ...scripts(join(source, 'workloads'))]
  await build({ ...options, splitting: true, entryPoints: all })
  // A program starts from one file, not from the chunks that the workloads share.
  await build({ ...options, entryPoints: scripts(join(source, 'workloads', 'startup')) })
  writeFileSync(join(outdir, 'package.json'), '{ "type": "module" }')
  return outdir
}
