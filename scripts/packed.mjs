// Installs the packages as they would be published in a folder of their own, and uses them as others would: from an
// ES module, from CommonJS, from both in one process, and from TypeScript, with declarations checked too: those of the
// packages that run in a browser without the types of Node.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'asyncio-ts-packed-'))

function exec(command, args, { cwd = folder, stdout = 'inherit' } = {}) {
  const stdio = ['ignore', stdout, 'inherit']
  return execFileSync(command, args, { cwd, encoding: 'utf8', stdio, shell: process.platform === 'win32' })
}

function install(name) {
  const cwd = join(root, 'packages', name)
  const manifest = JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8'))
  if (manifest.private) return
  const report = exec('npm', ['pack', '--json', '--pack-destination', folder], { cwd, stdout: 'pipe' })
  const [{ filename, files }] = JSON.parse(report)
  const paths = files.map(({ path }) => path)
  const stray = paths.filter((path) => !/^(dist\/index\.|(LICENSE|README\.md|package\.json)$)/.test(path))
  if (stray.length > 0) throw new Error(`${manifest.name} would publish ${stray.join(', ')}.`)
  if (!paths.includes('LICENSE')) throw new Error(`${manifest.name} would publish no LICENSE.`)
  const target = join(folder, 'node_modules', manifest.name)
  mkdirSync(target, { recursive: true })
  exec('tar', ['xzf', join(folder, filename), '-C', target, '--strip-components', '1'])
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
  lib: ['ES2023', 'ESNext.Disposable', 'DOM'],
  strict: true,
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

/** Checks types, declarations too, and writes JavaScript. */
function check(name, options, files) {
  writeFileSync(join(folder, name), JSON.stringify({ compilerOptions: options, files }))
  exec(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', join(folder, name)])
}

try {
  for (const name of readdirSync(join(root, 'packages'))) install(name)
  for (const [name, text] of Object.entries(sources)) writeFileSync(join(folder, name), text)
  writeFileSync(join(folder, 'anywhere.mts'), anywhere)
  check('anywhere.json', { ...compilerOptions, types: [], noEmit: true }, ['anywhere.mts'])
  for (const name of ['node', '../undici-types']) {
    mkdirSync(join(folder, 'node_modules/@types'), { recursive: true })
    symlinkSync(join(root, 'node_modules/@types', name), join(folder, 'node_modules/@types', name))
  }
  check('node.json', { ...compilerOptions, types: ['node'] }, Object.keys(sources))
  for (const name of ['import.mjs', 'require.cjs', 'both.mjs']) {
    exec(process.execPath, [join(folder, 'out', name)])
    console.log(`${name}: fine`)
  }
} finally {
  rmSync(folder, { recursive: true })
}
