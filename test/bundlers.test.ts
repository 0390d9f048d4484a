import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { build as esbuild } from 'esbuild'
import { rollup } from 'rollup'
import { minify } from 'terser'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import webpack from 'webpack'

const root = fileURLToPath(new URL('..', import.meta.url))

/** A program that uses one class, what it prints, and words of other classes of the same package. */
const programs = {
  Lock: {
    source: `
      import { Lock } from '@asyncio-ts/sync'
      const lock = new Lock()
      const order = []
      await Promise.all([1, 2].map((n) => lock.with(async () => order.push(n))))
      console.log(order.join())`,
    output: '1,2',
    unused: ['Barrier aborted', 'un-acquired lock', 'released too many times'],
  },
  Queue: {
    source: `
      import { Queue } from '@asyncio-ts/queues'
      const queue = new Queue()
      const item = queue.get()
      queue.putNowait('item')
      console.log(await item)`,
    output: 'item',
    unused: ['have no order'],
  },
  timeout: {
    source: `
      import { sleep, timeout } from '@asyncio-ts/tasks'
      console.log(await timeout(0.001, () => sleep(60)).catch((error) => error.name))`,
    output: 'TimeoutError',
    unused: ['unhandled errors in a TaskGroup', 'exception in shielded future'],
  },
} as const

let folder: string

/** Lays the packages out as they are published: a file each, with the code that two entries share beside them. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'asyncio-bundled-'))
  for (const name of ['core', 'sync', 'queues', 'tasks']) {
    const source = join(root, 'packages', name)
    const target = join(folder, 'node_modules', '@asyncio-ts', name)
    const manifest = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as { sideEffects: unknown }
    const entries = name === 'core' ? ['index', 'primitives'] : ['index']
    await esbuild({
      entryPoints: entries.map((entry) => join(source, 'src', `${entry}.ts`)),
      outdir: join(target, 'dist'),
      bundle: true,
      splitting: true,
      format: 'esm',
      target: 'es2022',
      platform: 'neutral',
      external: ['@asyncio-ts/*', 'node:*'],
      logLevel: 'error',
    })
    writeFileSync(
      join(target, 'package.json'),
      JSON.stringify({
        name: `@asyncio-ts/${name}`,
        type: 'module',
        sideEffects: manifest.sideEffects === false ? false : undefined,
        exports: { '.': './dist/index.js', './primitives': './dist/primitives.js' },
      }),
    )
  }
}, 60_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Bundler = (entry: string, outfile: string) => Promise<void>

async function withEsbuild(entry: string, outfile: string, isMinified: boolean): Promise<void> {
  await esbuild({ entryPoints: [entry], outfile, bundle: true, format: 'esm', platform: 'node', minify: isMinified })
}

const bundlers: Record<string, Bundler> = {
  esbuild: (entry, outfile) => withEsbuild(entry, outfile, true),
  async 'esbuild and terser'(entry, outfile) {
    await withEsbuild(entry, outfile, false)
    const { code } = await minify(readFileSync(outfile, 'utf8'), { module: true, compress: { passes: 2 } })
    writeFileSync(outfile, code!)
  },
  async rollup(entry, outfile) {
    const bundle = await rollup({
      input: entry,
      external: [/^node:/],
      plugins: [
        {
          name: 'packages',
          resolveId(id) {
            const [, name, path = 'index'] = /^(@asyncio-ts\/\w+)(?:\/(\w+))?$/.exec(id) ?? []
            if (name === undefined) return null
            return { id: join(folder, 'node_modules', name, 'dist', `${path}.js`), moduleSideEffects: false }
          },
        },
      ],
    })
    await bundle.write({ file: outfile, format: 'esm' })
    await bundle.close()
  },
  async 'webpack with terser'(entry, outfile) {
    const compiler = webpack({
      mode: 'production',
      entry,
      target: 'node20',
      devtool: false,
      experiments: { outputModule: true },
      output: { path: folder, filename: outfile.slice(folder.length + 1), module: true, library: { type: 'module' } },
    })
    const stats = await promisify(compiler.run.bind(compiler))()
    expect(stats?.toJson({ errors: true }).errors).toEqual([])
  },
}

describe.each(Object.entries(bundlers))('bundled by %s', (bundler, bundle) => {
  it.each(Object.entries(programs))(
    'a program with %s runs, without what it does not use',
    async (name, { source, output, unused }) => {
      const entry = join(folder, `${name}.mjs`)
      mkdirSync(join(folder, 'out'), { recursive: true })
      const outfile = join(folder, 'out', `${name}-${bundler.replaceAll(' ', '-')}.mjs`)
      writeFileSync(entry, source)
      await bundle(entry, outfile)
      const { stdout } = await promisify(execFile)(process.execPath, [outfile], { timeout: 20_000 })
      expect(stdout.trim()).toBe(output)
      const text = readFileSync(outfile, 'utf8')
      expect(unused.filter((words) => text.includes(words))).toEqual([])
    },
    60_000,
  )
})
