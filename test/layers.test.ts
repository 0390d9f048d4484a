import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import {
  checkPackage,
  cycleIn,
  emitsNothing,
  folderCycleIn,
  layerLineOf,
  pictureOf,
  readLayers,
  readPackages,
} from '../scripts/layers.ts'
import type { Layer, PackageFacts } from '../scripts/layers.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const layers = readLayers(root)

describe('the repository', () => {
  it.each(readPackages(root).map((facts) => [facts.package, facts] as const))(
    '%s agrees with layers.json',
    (_name, facts) => {
      expect(checkPackage(facts, layers)).toEqual([])
    },
  )

  it('type-checks every package', () => {
    const config = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8')) as { references: { path: string }[] }
    expect(config.references.map(({ path }) => path)).toEqual(layers.map((layer) => `packages/${layer.package}`))
  })

  it('shows the layers in ARCHITECTURE.md', () => {
    expect(readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8')).toContain(pictureOf(layers))
  })

  it.each(layers.map((layer) => [layer.package, layer] as const))(
    'shows its layer in the README of %s',
    (name, layer) => {
      expect(readFileSync(join(root, 'packages', name, 'README.md'), 'utf8')).toContain(`\n${layerLineOf(layer)}\n`)
    },
  )
})

describe('the checker', () => {
  const rules: Layer[] = [
    { package: 'core', layer: 0, imports: [], entries: ['primitives'] },
    { package: 'tasks', layer: 1, imports: ['core'] },
  ]
  const tasks = (text: string, more: Partial<PackageFacts> = {}): PackageFacts => ({
    package: 'tasks',
    dependencies: ['@asyncio-ts/core'],
    peers: ['eslint'],
    references: ['core'],
    entries: [],
    files: [{ path: 'index.ts', text }],
    ...more,
  })

  it('accepts what the layers allow', () => {
    expect(checkPackage(tasks("import { Future } from '@asyncio-ts/core'\nexport { Future }"), rules)).toEqual([])
  })

  it('accepts an import of a peer', () => {
    expect(checkPackage(tasks("import type { Rule } from 'eslint'\nexport type { Rule }"), rules)).toEqual([])
  })

  it.each([
    ['an import of a package that is not below', "import { Lock } from '@asyncio-ts/sync'\nLock"],
    ['a type-only import of one', "import type { Lock } from '@asyncio-ts/sync'"],
    ['a re-export of one', "export * from '@asyncio-ts/sync'"],
    ['a deep import', "import { x } from '@asyncio-ts/core/src/future.ts'\nx"],
    ['a relative import that leaves the package', "import { x } from '../../core/src/future.ts'\nx"],
    ['an import that is loaded later', "const { Lock } = await import('@asyncio-ts/sync')\nLock"],
    ['a type that is imported where it is used', "let lock: import('@asyncio-ts/sync').Lock"],
    ['an import of a package that is only installed by chance', "import fc from 'fast-check'\nfc"],
  ])('refuses %s', (_what, text) => {
    expect(checkPackage(tasks(text), rules)).toHaveLength(1)
  })

  it('refuses a dependency or a reference that layers.json does not know', () => {
    const facts = tasks('', { dependencies: ['@asyncio-ts/core', 'lodash'], references: [] })
    expect(checkPackage(facts, rules)).toHaveLength(2)
  })

  it('refuses a package that layers.json does not list', () => {
    expect(checkPackage({ ...tasks(''), package: 'extra' }, rules)).toEqual(['extra is missing in layers.json'])
  })

  it('refuses packages that import each other, or one of their own layer', () => {
    const loops: Layer[] = [
      { package: 'core', layer: 0, imports: ['tasks'] },
      { package: 'tasks', layer: 0, imports: ['core'] },
    ]
    const core = {
      package: 'core',
      dependencies: ['@asyncio-ts/tasks'],
      peers: [],
      references: ['tasks'],
      entries: [],
      files: [],
    }
    expect(checkPackage(core, loops)).toEqual(['core imports tasks, which is not listed above it'])
    expect(checkPackage(tasks(''), loops)).toEqual(['tasks imports core, which is not of a lower layer'])
  })

  it('refuses a contract that knows what implements it, or that leaves code behind', () => {
    const check = (text: string): string[] =>
      checkPackage({ ...tasks(''), files: [{ path: 'contract/a.ts', text }] }, rules)
    expect(check("import type { B } from './b.ts'\nexport interface A extends B {}")).toEqual([])
    expect(check("import type { Task } from '../task.ts'\nexport interface A extends Task {}")).toHaveLength(1)
    expect(check('export const LIMIT = 1')).toEqual(['tasks/src/contract/a.ts emits JavaScript'])
  })

  it('accepts the entries of a package that layers.json names, and no others', () => {
    expect(checkPackage(tasks("import { Waiter } from '@asyncio-ts/core/primitives'\nnew Waiter()"), rules)).toEqual([])
    expect(checkPackage(tasks("import { x } from '@asyncio-ts/core/src'\nx"), rules)).toEqual([
      'tasks/src/index.ts imports @asyncio-ts/core/src, which layers.json does not allow',
    ])
    expect(checkPackage(tasks('', { entries: ['extra'] }), rules)).toHaveLength(1)
  })

  it('finds folders that import each other, though none of their files do', () => {
    const files = [
      { path: 'index.ts', text: "export * from './a/one.ts'" },
      { path: 'a/one.ts', text: "import { two } from '../b/two.ts'\ntwo" },
      { path: 'a/three.ts', text: 'export const three = 3' },
      { path: 'b/two.ts', text: "import { three } from '../a/three.ts'\nthree" },
    ]
    expect(cycleIn(files)).toBeNull()
    expect(folderCycleIn(files)).toEqual(['a/', 'b/', 'a/'])
    expect(checkPackage(tasks('', { files }), rules)).toEqual(['tasks: folders import each other a/ -> b/ -> a/'])
  })

  it('finds a cycle between files, of type-only imports too', () => {
    const files = [
      { path: 'a.ts', text: "import type { B } from './b.ts'" },
      { path: 'b.ts', text: "import { c } from './deep/c.ts'\nc" },
      { path: 'deep/c.ts', text: "export * from '../a.ts'" },
    ]
    expect(cycleIn(files)).toEqual(['a.ts', 'b.ts', 'deep/c.ts', 'a.ts'])
    expect(cycleIn(files.slice(0, 2))).toBeNull()
  })

  it('tells a contract from code', () => {
    expect(emitsNothing("import type { A } from './a.ts'\nexport interface B extends A {}")).toBe(true)
    expect(emitsNothing('export const a = 1')).toBe(false)
  })
})
