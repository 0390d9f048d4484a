// Installs the packages as they would be published in a folder of their own, and uses them as others would: from an
// ES module, from CommonJS, from both in one process, and from TypeScript, with declarations checked too: those of the
// packages that run in a browser without the types of Node.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pack, publishedPackages } from './pack.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'asyncio-ts-packed-'))

function exec(command, args, { cwd = folder, stdout = 'inherit' } = {}) {
  const stdio = ['ignore', stdout, 'inherit']
  return execFileSync(command, args, { cwd, encoding: 'utf8', stdio, shell: process.platform === 'win32' })
}

const isPublished = (path) => /^((src|dist)\/|(LICENSE|README\.md|package\.json)$)/.test(path)

function install({ folder: cwd, manifest }) {
  const { tarball, paths } = pack(cwd, folder)
  const stray = paths.filter((path) => !isPublished(path))
  if (stray.length > 0) throw new Error(`${manifest.name} would publish ${stray.join(', ')}.`)
  if (!paths.includes('LICENSE')) throw new Error(`${manifest.name} would publish no LICENSE.`)
  const target = join(folder, 'node_modules', manifest.name)
  mkdirSync(target, { recursive: true })
  exec('tar', ['xzf', tarball, '-C', target, '--strip-components', '1'])
  const published = JSON.parse(readFileSync(join(target, 'package.json'), 'utf8'))
  const missing = filesOf(published.exports).filter((path) => !existsSync(join(target, path)))
  if (missing.length > 0) throw new Error(`${manifest.name} exports ${missing.join(', ')}, which it does not publish.`)
  if (JSON.stringify(published.exports).includes('@asyncio-ts/source')) {
    throw new Error(`${manifest.name} names its sources.`)
  }
}

/** Every file that a manifest's `exports` name, under whatever conditions. */
function filesOf(exports) {
  if (typeof exports === 'string') return [exports]
  return exports === null ? [] : Object.values(exports).flatMap(filesOf)
}

const program = `
async function program(lib: typeof import('asyncio-ts')) {
  const lock = new lib.Lock()
  const order: number[] = []
  const work = lib.coroutine(function* (id: number, delay: number) {
    yield* lock.acquire()
    order.push(id)
    yield* lib.sleep(delay)
    lock.release()
    return id
  })
  const both: [number, number] = await lib.gather(work(1, 0.001), work(2, 0))
  return \`\${both} \${order}\`
}
`
const compilerOptions = {
  module: 'nodenext',
  target: 'es2022',
  lib: ['ES2022', 'DOM', 'DOM.Iterable'],
  strict: true,
  skipLibCheck: false,
  noEmitOnError: true,
  outDir: 'out',
}
/** What runs in a browser too has to do without the types of Node. */
const anywhere = `
import { Future } from '@asyncio-ts/core'
import { Queue } from '@asyncio-ts/queues'
import { Lock } from '@asyncio-ts/sync'
import { gather } from '@asyncio-ts/tasks'
export const both: Promise<[number, unknown]> = gather(new Queue<number>().get(), new Lock().acquire())
export const future = new Future<string>()
`
const sources = {
  'import.mts': `import * as lib from 'asyncio-ts'\n${program}
if ((await lib.run(() => program(lib))) !== '1,2 1,2') throw new Error('It does not run.')\n`,
  'require.cts': `import lib = require('asyncio-ts')\n${program}
lib.run(() => program(lib)).then((result: string) => {
  if (result !== '1,2 1,2') throw new Error('It does not run.')
})\n`,
  'both.mts': `import { createRequire } from 'node:module'
import * as lib from 'asyncio-ts'\n${program}
const other: typeof lib = createRequire(import.meta.url)('asyncio-ts')
if (other.Lock === lib.Lock) throw new Error('These are not two copies.')
if ((await lib.run(() => program(other))) !== '1,2 1,2') throw new Error('Two copies do not work together.')\n`,
}

/** Programs whose async functions are compiled, one a program: the types of one would hold for the others too. */
const compiledSources = {
  'compiled.mts': `import 'asyncio-ts/compiled-types'
import { createTask } from 'asyncio-ts'
import type { Task } from 'asyncio-ts'
export const start = (): Task<number> => createTask((async () => 1)())\n`,
  'compiled.cts': `import 'asyncio-ts/compiled-types'
import lib = require('asyncio-ts')
export const start = (): lib.Task<number> => lib.createTask((async () => 1)())\n`,
}

const mistake = JSON.stringify("import { sleep } from 'asyncio-ts'\nsleep(1)\n")
/** The plugin of ESLint, which works on a program without running it. */
const linters = {
  'lint.mts': `import { defineConfig } from 'eslint/config'
import { Linter } from 'eslint'
import asyncio from 'eslint-plugin-asyncio-ts'
const config = defineConfig([asyncio.configs.recommended, { rules: { 'asyncio-ts/no-milliseconds': 'off' } }])
const [problem] = new Linter().verify(${mistake}, config as Linter.Config[], 'file.js')
if (problem?.ruleId !== 'asyncio-ts/no-floating-coroutine') throw new Error('It reports nothing.')\n`,
  'lint.cts': `import eslint = require('eslint')
import asyncio = require('eslint-plugin-asyncio-ts')
const [problem] = new eslint.Linter().verify(${mistake}, [asyncio.configs.strict], 'file.js')
if (problem?.ruleId !== 'asyncio-ts/no-floating-coroutine') throw new Error('It reports nothing.')\n`,
}

/** The oldest TypeScript that the READMEs promise, and the newest. The one that the repository uses comes third. */
const COMPILERS = ['5.6.3', '7.0.2']

function installCompilers() {
  const cwd = join(folder, 'compilers')
  mkdirSync(cwd)
  writeFileSync(join(cwd, 'package.json'), '{ "private": true }')
  const aliases = COMPILERS.map((version) => `typescript-${version}@npm:typescript@${version}`)
  exec('npm', ['install', '--no-audit', '--no-fund', '--no-bin-links', '--loglevel', 'error', ...aliases], { cwd })
  const installed = COMPILERS.map((version) => join(cwd, 'node_modules', `typescript-${version}`, 'bin/tsc'))
  return [...installed, join(root, 'node_modules/typescript/bin/tsc')]
}

/** Checks types, declarations too, and writes JavaScript unless the options say otherwise. */
function check(compiler, name, options, files) {
  const path = join(folder, `${name}.json`)
  writeFileSync(path, JSON.stringify({ compilerOptions: { ...compilerOptions, ...options }, files }))
  exec(process.execPath, [compiler, '-p', path])
}

function linkTypesOfNode() {
  for (const name of ['node', '../undici-types']) {
    const target = join(folder, 'node_modules/@types', name)
    mkdirSync(join(folder, 'node_modules/@types'), { recursive: true })
    symlinkSync(join(root, 'node_modules/@types', name), target, 'junction')
  }
}

/** Lints a program with the plugin of ESLint as it is published, from an ES module and from CommonJS. */
function checkLinters(compiler) {
  for (const [name, text] of Object.entries(linters)) writeFileSync(join(folder, name), text)
  mkdirSync(join(folder, 'node_modules/@typescript-eslint'))
  for (const name of ['eslint', 'typescript', '@typescript-eslint/utils']) {
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name), 'junction')
  }
  check(compiler, 'lint', { types: ['node'] }, Object.keys(linters))
  for (const name of ['lint.mjs', 'lint.cjs']) {
    exec(process.execPath, [join(folder, 'out', name)])
    console.log(`${name}: fine`)
  }
}

try {
  for (const each of publishedPackages()) install(each)
  for (const [name, text] of Object.entries({ ...sources, ...compiledSources, 'anywhere.mts': anywhere })) {
    writeFileSync(join(folder, name), text)
  }
  const compilers = installCompilers()
  for (const compiler of compilers) check(compiler, 'anywhere', { types: [], noEmit: true }, ['anywhere.mts'])
  linkTypesOfNode()
  const withoutDom = { lib: ['ES2022'], noEmit: true }
  for (const compiler of compilers) {
    check(compiler, 'anywhere-in-node', { ...withoutDom, types: ['node'] }, ['anywhere.mts'])
    check(compiler, 'node', { types: ['node'] }, Object.keys(sources))
    for (const name of Object.keys(compiledSources)) check(compiler, 'compiled', { types: ['node'] }, [name])
    const version = execFileSync(process.execPath, [compiler, '--version'], { encoding: 'utf8' }).trim()
    console.log(`TypeScript ${version.replace('Version ', '')}: fine`)
  }
  for (const name of ['import.mjs', 'require.cjs', 'both.mjs', 'compiled.mjs', 'compiled.cjs']) {
    exec(process.execPath, [join(folder, 'out', name)])
    console.log(`${name}: fine`)
  }
  checkLinters(compilers.at(-1))
} finally {
  rmSync(folder, { recursive: true })
}
