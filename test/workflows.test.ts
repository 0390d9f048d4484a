import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

interface Step {
  run?: string
  uses?: string
}

interface Job {
  'timeout-minutes'?: number
  steps: Step[]
  strategy?: { matrix?: { include?: { run?: string }[] } }
}

interface Workflow {
  permissions?: unknown
  concurrency?: unknown
  jobs: Record<string, Job>
}

const root = new URL('../', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8')
const names = readdirSync(new URL('.github/workflows', root))
const workflows = names.map((name) => [name, parse(read(`.github/workflows/${name}`)) as Workflow] as const)

/** The scripts of a manifest that a command line runs with npm, each with the folder of the package. */
function scriptsOf(command: string): { folder: string; script: string }[] {
  const calls = command.matchAll(/npm (?:run )?(?!ci\b)([\w:-]+)(?: -w (packages\/[\w-]+))?/g)
  return [...calls].map(([, script, folder]) => ({ folder: folder ?? '.', script: script! }))
}

function commandsOf({ steps, strategy }: Job): string[] {
  return [...steps, ...(strategy?.matrix?.include ?? [])].flatMap(({ run }) => (run === undefined ? [] : [run]))
}

describe.each(workflows)('the workflow %s', (_name, workflow) => {
  it('may only read, and does not run beside an older run of itself', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' })
    expect(workflow.concurrency).toBeDefined()
  })

  it('gives every job an end', () => {
    for (const job of Object.values(workflow.jobs)) expect(job['timeout-minutes']).toBeGreaterThan(0)
  })

  it('runs scripts that exist', () => {
    const missing = Object.values(workflow.jobs)
      .flatMap(commandsOf)
      .flatMap(scriptsOf)
      .filter(({ folder, script }) => JSON.parse(read(`${folder}/package.json`)).scripts[script] === undefined)
    expect(missing).toEqual([])
  })
})

describe('the workflows', () => {
  it('test the three systems and every Node that is maintained', () => {
    const { jobs } = parse(read('.github/workflows/ci.yml'))
    expect(jobs.everything.strategy.matrix.node).toEqual([20, 22, 24, 26])
    expect(jobs.tests.strategy.matrix.os).toEqual(['macos-latest', 'windows-latest'])
  })

  it('run at night what the READMEs leave to the night', () => {
    const nightly = parse(read('.github/workflows/nightly.yml')) as Workflow
    const scripts = Object.values(nightly.jobs).flatMap(commandsOf).flatMap(scriptsOf)
    const run = new Set(scripts.map(({ script }) => script))
    for (const script of ['test', 'random', 'explore', 'mutants', 'stress', 'coverage']) {
      expect(run).toContain(script)
    }
    expect(commandsOf(nightly.jobs['long']!).filter((command) => command.includes('FUZZ='))).toHaveLength(1)
  })
})

describe('the forms of issues', () => {
  const forms = readdirSync(new URL('.github/ISSUE_TEMPLATE', root)).filter((name) => name !== 'config.yml')

  it.each(forms)('%s has a name, a description and fields that can be told apart', (name) => {
    const form = parse(read(`.github/ISSUE_TEMPLATE/${name}`)) as {
      name: string
      description: string
      body: { type: string; id?: string; attributes: { label?: string } }[]
    }
    expect(form.name).toBeTruthy()
    expect(form.description).toBeTruthy()
    const fields = form.body.filter(({ type }) => type !== 'markdown')
    expect(fields.every(({ attributes }) => attributes.label)).toBe(true)
    expect(new Set(fields.map(({ id }) => id)).size).toBe(fields.length)
  })

  it('ask for a bug in both languages', () => {
    const form = parse(read('.github/ISSUE_TEMPLATE/bug.yml')) as { body: { id?: string }[] }
    expect(form.body.map(({ id }) => id)).toEqual(expect.arrayContaining(['python', 'typescript']))
  })
})

describe('CODEOWNERS', () => {
  it('names an owner for every package', () => {
    const owned = [...read('.github/CODEOWNERS').matchAll(/^\/packages\/([\w-]+)\/ +@/gm)].map(([, name]) => name)
    expect(owned.sort()).toEqual(readdirSync(new URL('packages', root)).sort())
  })
})
