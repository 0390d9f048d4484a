// Runs test262's tests of async functions, compiled, on the runtime of the tests:
//   node --conditions=@asyncio-ts/source --import tsx scripts/test262.mts <folder of test262> [part of a path ...]
// A test that fails is run as it is, too: what this engine fails anyway is counted apart. Firefox's copy of test262, which
// keeps the harness in files called shell.js, will do as well.
import { buildSync } from 'esbuild'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import vm from 'node:vm'
import { transform } from '../src/index.ts'

const [root = '', ...wanted] = process.argv.slice(2)
const base = existsSync(join(root, 'test/language')) ? join(root, 'test') : root
const folders = ['statements', 'expressions'].map((name) => `language/${name}`)
const isShell = existsSync(join(base, 'shell.js'))
const LIMIT_MS = 3000

const runtime = buildSync({
  entryPoints: [fileURLToPath(new URL('../test/runtime/compiled.ts', import.meta.url))],
  bundle: true,
  format: 'iife',
  globalName: 'compiledRuntime',
  write: false,
}).outputFiles[0]!.text
const runtimeScript = new vm.Script(`${runtime}; globalThis.require = () => compiledRuntime`)

interface Test {
  path: string
  source: string
  flags: string[]
  negative: string | null
  includes: string[]
}

function readTest(path: string): Test {
  const source = readFileSync(join(base, path), 'utf8')
  const header = /\/\*---([\s\S]*?)---\*\//.exec(source)?.[1] ?? ''
  const list = (key: string): string[] => {
    const inline = new RegExp(`^${key}:\\s*\\[([^\\]]*)\\]`, 'm').exec(header)?.[1]?.split(',')
    const block = new RegExp(`^${key}:\\s*\\n((?:\\s+- .*\\n)*)`, 'm').exec(header)?.[1]?.split('\n')
    return (inline ?? block ?? []).map((item) => item.replace(/^\s*-?\s*/, '').trim()).filter((item) => item !== '')
  }
  const negative = /^negative:\s*\n(?:.*\n)*?\s+type:\s*(\w+)/m.exec(header)?.[1] ?? null
  return { path, source, flags: list('flags'), negative, includes: list('includes') }
}

const harness = new Map<string, string>()
function harnessText(name: string, cut = ''): string {
  let text = harness.get(name)
  if (text === undefined) {
    text = existsSync(name) ? readFileSync(name, 'utf8') : ''
    if (cut !== '' && text.includes(cut)) text = text.slice(0, text.indexOf(cut))
    harness.set(name, text)
  }
  return text
}

function preludeOf(test: Test): string {
  if (!isShell) {
    const names = ['assert.js', 'sta.js', 'doneprintHandle.js', ...test.includes]
    return names.map((name) => harnessText(join(root, 'harness', name))).join('\n')
  }
  const folder = dirname(test.path).split('/')
  const done =
    'var reportCompare = () => {}; var $DONE = (error) => print(error ? `Test262:AsyncTestFailure:${error.name}: ${error.message}` : "Test262:AsyncTestComplete");'
  const shells = folder.map((_, index) => harnessText(join(base, ...folder.slice(0, index + 1), 'shell.js')))
  return [harnessText(join(base, 'shell.js'), ';(function createHostObject('), ...shells, done].join('\n')
}

/** Runs a text as a test; returns what is wrong, or null. */
async function outcome(test: Test, text: string): Promise<string | null> {
  const context = vm.createContext({})
  let settle: (line: string) => void = () => {}
  const printed = new Promise<string>((resolve) => (settle = resolve))
  Object.assign(context, { print: (line: unknown) => settle(String(line)), setTimeout })
  runtimeScript.runInContext(context)
  context['$262'] = {
    global: context,
    createRealm: () => ({ global: vm.runInContext('this', vm.createContext({})) }),
    evalScript: (code: string) => vm.runInContext(code, context),
    gc: () => {},
  }
  vm.runInContext(preludeOf(test), context)
  const error = attempt(text, context)
  if (test.negative !== null) {
    return error?.name === test.negative ? null : `no ${test.negative}, but ${error?.name ?? 'nothing'}`
  }
  if (error !== null) return `${error.name}: ${error.message}`
  if (!test.flags.includes('async')) return null
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<string>((resolve) => (timer = setTimeout(resolve, LIMIT_MS, 'it never ends')))
  const line = await Promise.race([printed, late])
  clearTimeout(timer)
  return line === 'Test262:AsyncTestComplete' ? null : line
}

function attempt(text: string, context: vm.Context): { name: string; message: string } | null {
  try {
    vm.runInContext(text, context, { timeout: LIMIT_MS })
    return null
  } catch (error) {
    const { name = 'Error', message = String(error) } = (error ?? {}) as { name?: string; message?: string }
    return { name, message }
  }
}

function compiledText(text: string): string {
  try {
    return transform(text, { filename: 'test.js', module: 'cjs' })?.code ?? text
  } catch (error) {
    if (error instanceof SyntaxError) return text
    throw error
  }
}

function* testsIn(folder: string): Generator<string> {
  for (const entry of readdirSync(join(base, folder), { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) yield* testsIn(path)
    else if (/\.js$/.test(entry.name) && !/_FIXTURE|(?:shell|browser)\.js$/.test(entry.name)) yield path
  }
}

interface Count {
  passed: number
  engine: number
  failed: number
  skipped: number
}
const counts = new Map<string, Count>()
const failures = new Map<string, string[]>()
process.on('unhandledRejection', () => {})
process.on('uncaughtException', (error) => console.error('uncaught', error))

for (const path of folders.flatMap((folder) => [...testsIn(folder)])) {
  if (wanted.length > 0 && !wanted.some((part) => path.includes(part))) continue
  const test = readTest(path)
  if (!/\basync\b/.test(test.source) || path.includes('dynamic-import')) continue
  const group = /^language\/[^/]+\/[^/]+/.exec(path)![0]
  const count = counts.get(group) ?? { passed: 0, engine: 0, failed: 0, skipped: 0 }
  counts.set(group, count)
  if (test.flags.includes('module')) {
    count.skipped++
    continue
  }
  const modes =
    test.flags.includes('raw') || test.flags.includes('noStrict')
      ? ['']
      : test.flags.includes('onlyStrict')
        ? ['"use strict";']
        : ['', '"use strict";']
  let wrong: string | null = null
  let isOfEngine = false
  for (const mode of modes) {
    const text = mode + test.source
    wrong = await outcome(test, compiledText(text))
    if (wrong === null) continue
    isOfEngine = (await outcome(test, text)) !== null
    break
  }
  if (wrong === null) count.passed++
  else if (isOfEngine) count.engine++
  else {
    count.failed++
    const reason = wrong.replace(/\d+/g, 'N').slice(0, 110)
    failures.set(reason, [...(failures.get(reason) ?? []), path])
  }
}

console.log('| tests of | passed | fail uncompiled, too | failed | modules, not run |\n|---|---|---|---|---|')
for (const [group, { passed, engine, failed, skipped }] of counts) {
  console.log(`| ${group} | ${passed} | ${engine} | ${failed} | ${skipped} |`)
}
for (const [reason, paths] of [...failures].sort((a, b) => b[1].length - a[1].length)) {
  console.log(`\n${paths.length} x ${reason}`)
  for (const path of paths.slice(0, Number(process.env['SHOW'] ?? 4))) console.log(`   ${path}`)
}
process.exit()
