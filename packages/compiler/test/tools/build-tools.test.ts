import { build as buildWithEsbuild } from 'esbuild'
import { rollup } from 'rollup'
import { build as buildWithVite } from 'vite'
import webpack from 'webpack'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asyncio as forEsbuild } from '../../src/esbuild.ts'
import { asyncio as forRollup } from '../../src/rollup.ts'
import { asyncio as rspack } from '../../src/rspack.ts'
import { asyncio as forVite } from '../../src/vite.ts'
import { asyncio as forWebpack } from '../../src/webpack.ts'
import { Project } from './project.ts'

const project = new Project()

beforeAll(async () => {
  await project.installRuntime()
  await project.installCompiler()
  project.link('vitest', 'vite')
  project.write({
    'package.json': '{"type":"module"}',
    'src/main.js':
      "import { f } from './lib.js'\nimport { g } from 'other'\nexport const main = async () => { console.log(f.constructor.name, g.constructor.name, await f(1)) }\nmain()\n",
    'src/lib.js': 'export async function f(x) { await null; return x + 1 }\n',
    'src/typed.ts':
      'export const f = async (x: number): Promise<number> => { await (null as unknown); return x }\nf(3).then((x: number) => console.log(f.constructor.name, x))\n',
    'src/legacy.cjs':
      "const { f } = require('./legacy-lib.cjs')\nf(2).then((x) => console.log(f.constructor.name, x))\n",
    'src/legacy-lib.cjs': 'exports.f = async (x) => { await null; return x * 2 }\n',
    'node_modules/other/package.json': '{"name":"other","type":"module","main":"index.js"}',
    'node_modules/other/index.js': 'export const g = async () => {}',
    'test/a.test.ts':
      "import { expect, it, vi } from 'vitest'\nimport { f } from '../src/lib.js'\nimport { h } from '../src/mocked.js'\nvi.mock('../src/mocked.js', async (original) => ({ ...(await original()), h: async () => 'mocked' }))\nit('is compiled', async () => {\n  expect(f.constructor.name).toBe('Function')\n  expect(await f(1)).toBe(2)\n  expect(await h()).toBe('mocked')\n})\n",
    'src/mocked.js': "export const h = async () => 'real'\n",
    'vitest.config.js':
      "import { asyncio } from '@asyncio-ts/compiler/vite'\nexport default { plugins: [asyncio()] }\n",
  })
})
afterAll(() => project.remove())

const { root } = project
const printed = 'Function AsyncFunction 2'

describe('the plugins', () => {
  it('Rollup', async () => {
    const resolve = {
      name: 'resolve',
      resolveId: (id: string) => (id === 'other' ? project.path('node_modules/other/index.js') : null),
    }
    const bundle = await rollup({
      input: project.path('src/main.js'),
      external: ['asyncio-ts/compiled'],
      plugins: [forRollup({ root }), resolve],
    })
    await bundle.write({ file: project.path('out/rollup.mjs'), format: 'es', sourcemap: true })
    expect(await project.node('out/rollup.mjs')).toBe(printed)
  })

  it('esbuild, for JavaScript, TypeScript and CommonJS', async () => {
    const common = {
      bundle: true,
      platform: 'node' as const,
      plugins: [forEsbuild({ root })],
      logLevel: 'error' as const,
      absWorkingDir: root,
    }
    await buildWithEsbuild({ ...common, entryPoints: ['src/main.js'], outfile: 'out/esbuild.cjs', sourcemap: true })
    await buildWithEsbuild({ ...common, entryPoints: ['src/typed.ts'], outfile: 'out/typed.mjs', format: 'esm' })
    await buildWithEsbuild({ ...common, entryPoints: ['src/legacy.cjs'], outfile: 'out/legacy.cjs' })
    expect(await project.node('out/esbuild.cjs')).toBe(printed)
    expect(await project.node('out/typed.mjs')).toBe('Function 3')
    expect(await project.node('out/legacy.cjs')).toBe('Function 4')
  })

  it('Vite', async () => {
    await buildWithVite({
      root,
      configFile: false,
      logLevel: 'error',
      plugins: [forVite({ root })],
      build: { lib: { entry: ['src/main.js', 'src/typed.ts'], formats: ['es'] }, outDir: 'out/vite', minify: true },
    })
    expect(await project.node('out/vite/main.js')).toBe(printed)
    expect(await project.node('out/vite/typed.js')).toBe('Function 3')
  })

  it.each(['main.js', 'legacy.cjs'])('webpack: %s', async (entry) => {
    const compiler = webpack({
      context: root,
      entry: `./src/${entry}`,
      mode: 'production',
      target: 'node',
      output: { path: project.path('out'), filename: 'webpack.cjs' },
      plugins: [forWebpack({ root })],
    })
    const stats = await new Promise<webpack.Stats | undefined>((resolve, reject) =>
      compiler.run((error, result) => (error === null ? resolve(result) : reject(error))),
    )
    expect(stats?.toString({ all: false, errors: true })).toBe('')
    expect(await project.node('out/webpack.cjs')).toBe(entry === 'main.js' ? printed : 'Function 4')
  })

  it('have the shape that Rspack wants', () => {
    expect(typeof rspack().apply).toBe('function')
  })

  it('say what is missing where no runtime can be imported', async () => {
    const bundle = rollup({
      input: '/nowhere/virtual.js',
      plugins: [
        { name: 'v', resolveId: (id) => id, load: () => 'export async function f() {}' },
        forRollup({ root: '/' }),
      ],
    })
    await expect(bundle).rejects.toThrow('Install one of them in the project')
  })
})

describe('vitest', () => {
  it('runs compiled sources and tests, and mocks with async factories', async () => {
    const printedByVitest = await project.node(
      'node_modules/vitest/vitest.mjs',
      'run',
      '--pool',
      'threads',
      '--maxWorkers',
      '1',
    )
    expect(printedByVitest).toContain('1 passed')
  })
})
