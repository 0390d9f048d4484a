import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Project } from './project.ts'

const project = new Project()

const lib = (head: string): string => `${head}
  await null
  if (x > 1) throw new Error('boom')
  return x
}
`
const main = (head: string, cast = ''): string => `${head}
async function main() {
  console.log(main.constructor.name, await inner(1))
  try {
    await inner(2)
  } catch (error) {
    console.log((error${cast}).stack.split('\\n')[1].replace(/.*[\\\\/]/, ''))
  }
}
`
const types = '(x: number): Promise<number> {'

beforeAll(async () => {
  await project.installRuntime()
  await project.installCompiler()
  project.link('tsx', 'esbuild')
  project.write({
    'lib.mjs': lib('export async function inner(x) {'),
    'lib.cjs': lib('exports.inner = async function inner(x) {'),
    'lib.mts': lib(`export async function inner${types}`),
    'lib.cts': lib(`exports.inner = async function inner${types}`),
    'main.mjs': `${main("import { inner } from './lib.mjs'")}\nawait main()\n`,
    'main.cjs': `${main("const { inner } = require('./lib.cjs')")}\nmain()\n`,
    'main.mts': `${main("import { inner } from './lib.mts'", ' as any')}\nawait main()\n`,
    'main.cts': `${main("const { inner } = require('./lib.cts')", ' as any')}\nmain()\n`,
    'node_modules/other/index.mjs': 'export const f = async () => {}',
    'elsewhere.mjs':
      "import { f } from 'other/index.mjs'; const own = async () => {}; console.log(f.constructor.name, own.constructor.name)",
  })
})
afterAll(() => project.remove())

const register = '@asyncio-ts/compiler/register'

describe('node --import', () => {
  it.each(['mjs', 'cjs', 'mts', 'cts'])(
    'compiles a program of .%s files, and its stack traces name the source',
    async (extension) => {
      expect(await project.node('--import', register, `main.${extension}`)).toBe(`Function 1\nlib.${extension}:3:20)`)
    },
  )

  it.each(['mjs', 'cjs', 'mts', 'cts'])('works together with tsx: .%s', async (extension) => {
    expect(await project.node('--import', 'tsx', '--import', register, `main.${extension}`)).toBe(
      `Function 1\nlib.${extension}:3:20)`,
    )
  })

  it('leaves packages as they are', async () => {
    expect(await project.node('--import', register, 'elsewhere.mjs')).toBe('AsyncFunction Function')
  })
})

describe('node --require', () => {
  it.each(['mjs', 'cjs', 'cts'])('compiles a program of .%s files', async (extension) => {
    expect(await project.node('--require', register, `main.${extension}`)).toBe(`Function 1\nlib.${extension}:3:20)`)
  })
})
