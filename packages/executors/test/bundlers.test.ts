import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { build as esbuild, transformSync } from 'esbuild'
import type { BuildOptions } from 'esbuild'
import { rollup } from 'rollup'
import { minify } from 'terser'
import { build as vite } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import webpack from 'webpack'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const entry = here('fixtures/bundled-program.ts')
const conditions = ['@asyncio-ts/source']
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'asyncio-bundlers-'))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs a bundled program where no package can be found. */
async function output(program: string): Promise<unknown> {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [program], { cwd: folder, timeout: 60_000 })
  expect(stderr).toBe('')
  return JSON.parse(stdout)
}

const expected = {
  nested: [
    [2, 3, 6],
    [2, 3, 6],
  ],
  failures: [
    ['outside', 'E_INSIDE'],
    ['outside', 'E_INSIDE'],
  ],
  mapped: [1, 4, 9],
  isAborted: false,
  bytes: [7, 7],
}

async function withEsbuild(name: string, options: BuildOptions): Promise<string> {
  const outfile = join(folder, `${name}.${options.format === 'cjs' ? 'cjs' : 'mjs'}`)
  await esbuild({
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    conditions,
    logLevel: 'error',
    ...options,
  })
  return outfile
}

describe('a program with executors runs when it was bundled', { timeout: 120_000 }, () => {
  it.each<[string, BuildOptions]>([
    ['plain', {}],
    ['minified', { minify: true }],
    ['minified-keep-names', { minify: true, keepNames: true }],
    ['minified-keep-names-cjs', { minify: true, keepNames: true, format: 'cjs' }],
    ['keep-names-es2019', { keepNames: true, target: 'es2019', logOverride: { 'empty-import-meta': 'silent' } }],
    [
      'minified-keep-names-es2019',
      { minify: true, keepNames: true, target: 'es2019', logOverride: { 'empty-import-meta': 'silent' } },
    ],
  ])('by esbuild (%s)', async (name, options) => {
    expect(await output(await withEsbuild(name, options))).toEqual(expected)
  })

  it('by esbuild and terser', async () => {
    const source = readFileSync(await withEsbuild('to-terser', {}), 'utf8')
    const { code } = await minify(source, { module: true, mangle: true, ecma: 2020 })
    const program = join(folder, 'terser.mjs')
    writeFileSync(program, code!)
    expect(await output(program)).toEqual(expected)
  })

  it.each(['development', 'production'] as const)('by webpack for %s', async (mode) => {
    const program = join(folder, `webpack-${mode}.cjs`)
    const compiler = webpack({
      mode,
      entry,
      target: 'node20',
      devtool: false,
      output: { path: dirname(program), filename: basename(program) },
      resolve: { conditionNames: [...conditions, 'import'] },
      module: { rules: [{ test: /\.ts$/, loader: here('fixtures/esbuild-loader.mjs') }] },
    })
    const stats = await promisify(compiler.run.bind(compiler))()
    expect(stats?.toJson({ errors: true }).errors).toEqual([])
    expect(await output(program)).toEqual(expected)
  })

  it.each([false, true])('by vite (minified: %s)', async (minified) => {
    const outDir = join(folder, `vite-${minified}`)
    await vite({
      configFile: false,
      logLevel: 'error',
      build: {
        ssr: entry,
        outDir,
        minify: minified,
        emptyOutDir: true,
        rollupOptions: { output: { entryFileNames: 'program.mjs' } },
      },
      ssr: { noExternal: true, resolve: { conditions } },
      resolve: { conditions },
    })
    expect(await output(join(outDir, 'program.mjs'))).toEqual(expected)
  })

  it('by rollup', async () => {
    const bundle = await rollup({
      input: entry,
      external: [/^node:/],
      plugins: [
        {
          name: 'sources',
          resolveId: (id) => {
            const [, name, path] = /^@asyncio-ts\/([\w-]+)(?:\/(\w+))?$/.exec(id) ?? []
            return name === undefined ? null : here(`../../${name}/src/${path ?? 'index'}.ts`)
          },
          transform: (code) => ({ code: transformSync(code, { loader: 'ts', target: 'es2022' }).code, map: null }),
        },
      ],
    })
    const program = join(folder, 'rollup.mjs')
    await bundle.write({ file: program, format: 'esm' })
    await bundle.close()
    expect(await output(program)).toEqual(expected)
  })
})
