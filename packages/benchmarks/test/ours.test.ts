import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { allTasks, createTask, currentTask, gather, run } from 'asyncio-ts'
import { describe, expect, it } from 'vitest'
import { runManually } from '../../../test-support/manual-loop.ts'
import { catalogue } from '../src/catalogue.ts'
import { spellings } from '../src/peers.ts'
import { folderOf } from '../src/workload.ts'
import type { Chapter, Workload } from '../src/workload.ts'

type Body = (...args: unknown[]) => Promise<number>
type Library = Record<'generators' | 'functions', Body> & { readonly close?: () => Promise<void> }

/** The chapters whose workloads reach out of the process's own thread. */
const outside: readonly Chapter[] = ['network', 'processes', 'pools']

const pathOf = (workload: Workload): string => `../src/workloads/${folderOf(workload)}/asyncio-ts.ts`
const isOutside = ({ chapter }: Workload): boolean => outside.includes(chapter)
const named = (workloads: readonly Workload[]): [string, Workload][] => workloads.map((one) => [one.name, one])
const those = (...measures: Workload['measure'][]): [string, Workload][] =>
  named(catalogue.filter((workload) => measures.includes(workload.measure) && !isOutside(workload)))

describe.each(spellings.map((peer) => [peer.label, peer] as const))('ours, with %s', (_label, peer) => {
  const spelling = peer.export!
  const isCompiled = peer.bundle !== undefined
  const load = (workload: Workload): Promise<Library> =>
    import(`${pathOf(workload)}${isCompiled ? '?compiled' : ''}`) as Promise<Library>

  it('is the spelling that it says', async () => {
    const body = (await load(catalogue.find(({ name }) => name === 'nested')!))[spelling]
    const kinds: Record<string, string> = {
      'yield*': 'GeneratorFunction',
      compiled: 'Function',
      await: 'AsyncFunction',
    }
    expect(body.constructor.name).toBe(kinds[peer.label])
  })

  it.each(those('rate', 'cpu-rate'))('%s does as many operations as it is asked for', async (_name, workload) => {
    const body = (await load(workload))[spelling]
    expect(await runManually(() => body(workload.quick, workload.width))).toBe(workload.quick)
  })

  it.each(named(catalogue.filter(isOutside)))('%s does as many over the host', async (_name, workload) => {
    const library = await load(workload)
    expect(await run(() => library[spelling](workload.quick, workload.width))).toBe(workload.quick)
    await library.close?.()
  })

  it.each(those('latency'))('%s counts the turns of every task', async (_name, workload) => {
    const body = (await load(workload))[spelling]
    let asked = 0
    // Ten tasks: thirty answers let each of them take three turns.
    expect(await runManually(() => body(10, () => asked++ < 30))).toBe(30)
  })

  it.each(those('memory'))('%s holds the tasks while it is measured', async (_name, workload) => {
    const body = (await load(workload))[spelling]
    const asleep: number[] = []
    await runManually(async () => {
      const main = createTask(() => body(workload.quick, () => asleep.push(allTasks().size)))
      expect(await main).toBe(workload.quick)
      const left = [...allTasks()].filter((task) => task !== currentTask())
      for (const task of left) task.cancel()
      await gather(left, { returnExceptions: true })
    })
    expect(asleep).toEqual([workload.quick + 2])
  })

  it.each(isCompiled ? [] : those('startup'))('%s is a program that ends by itself', (_name, workload) => {
    const program = fileURLToPath(new URL(pathOf(workload), import.meta.url))
    const flags = ['--conditions=@asyncio-ts/source', '--import', 'tsx']
    const { status, stderr } = spawnSync(process.execPath, [...flags, program, spelling], { encoding: 'utf8' })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  })
})

describe('the catalogue', () => {
  it('names each workload once', () => {
    const names = catalogue.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
  })

  it('agrees with the README', () => {
    const readme = readFileSync(fileURLToPath(new URL('../README.md', import.meta.url)), 'utf8')
    const [, table] = readme.split(/\| workload +\| one operation +\| unit +\|/)
    const listed = [...table!.split('\n\n')[0]!.matchAll(/`([a-z_0-9]+)`(?=,| +\|)/g)].map(([, name]) => name)
    expect(listed).toEqual(catalogue.map(({ name }) => name))
  })

  it.each(named(catalogue.filter(({ measure, width = 0 }) => measure.endsWith('rate') && width > 1)))(
    'splits the operations of %s evenly',
    (_name, { n, quick, width = 1 }) => {
      expect([n % width, quick % width]).toEqual([0, 0])
    },
  )
})
