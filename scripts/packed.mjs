// Installs the packages as they would be published in a folder of their own, and uses them as others would: from an
// ES module, from CommonJS, from both in one process, and from TypeScript, with declarations checked too.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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
const tsconfig = {
  compilerOptions: {
    module: 'nodenext',
    target: 'es2022',
    lib: ['ES2023', 'ESNext.Disposable', 'DOM'],
    types: [],
    strict: true,
    noEmitOnError: true,
    outDir: 'out',
  },
}
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
  'node-module.d.ts': `declare module 'node:module' { export function createRequire(url: string): (id: string) => any }
interface ImportMeta { url: string }\n`,
}

try {
  for (const name of readdirSync(join(root, 'packages'))) install(name)
  for (const [name, text] of Object.entries(sources)) writeFileSync(join(folder, name), text)
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ ...tsconfig, files: Object.keys(sources) }))
  exec(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder])
  for (const name of ['import.mjs', 'require.cjs', 'both.mjs']) {
    exec(process.execPath, [join(folder, 'out', name)])
    console.log(`${name}: fine`)
  }
} finally {
  rmSync(folder, { recursive: true })
}
