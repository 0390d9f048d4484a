// Plants bugs, one at a time, into a copy of the sources, and tells which check of the conformance sees each.
//
//   npm run mutants -w packages/conformance
//   npm run mutants -w packages/conformance -- timer uncancel   those whose names contain one of these
import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { copyRepository } from './copy-repository.ts'
import { MUTANTS } from './mutants.ts'
import type { Mutant } from './mutants.ts'

/** The same programs for every bug. */
const SEED = '20260'

const COMMANDS: Record<Mutant['checks'][number], string[]> = {
  cases: ['scripts/run-cases.mjs', '--json'],
  random: ['src/random-programs/main.ts', '--seed', SEED, '--count', '200'],
  cpython: ['src/cpython-tests/main.ts', 'test_locks', 'test_queues'],
}

type Verdict = 'sees it' | 'hangs, and so sees it' | 'blind'

function runCheck(copy: string, check: keyof typeof COMMANDS): Verdict {
  const [script, ...args] = COMMANDS[check]
  const node = ['--conditions=@asyncio-ts/source', '--import', 'tsx', script!, ...args]
  const { status } = spawnSync(process.execPath, check === 'cases' ? [script!, ...args] : node, {
    cwd: join(copy, 'packages/conformance'),
    stdio: 'ignore',
    timeout: 180_000,
    killSignal: 'SIGKILL',
  })
  if (status === null) return 'hangs, and so sees it'
  return status === 0 ? 'blind' : 'sees it'
}

function plant(copy: string, { file, find, replace }: Mutant): () => void {
  const path = join(copy, 'packages', file)
  const source = readFileSync(path, 'utf8')
  if (source.split(find).length !== 2) throw new Error(`${file} does not hold this exactly once any more:\n${find}`)
  writeFileSync(
    path,
    source.replace(find, () => replace),
  )
  return () => writeFileSync(path, source)
}

const wanted = process.argv.slice(2)
const mutants = MUTANTS.filter(({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
const copy = copyRepository()
let failed = mutants.length === 0
try {
  for (const check of new Set(mutants.flatMap(({ checks }) => checks))) {
    const verdict = runCheck(copy, check)
    if (verdict === 'blind') continue
    failed = true
    console.log(`${check} fails without any bug: see npm run conformance`)
  }
  for (const mutant of failed ? [] : mutants) {
    const mend = plant(copy, mutant)
    const verdicts = mutant.checks.map((check) => [check, runCheck(copy, check)] as const)
    mend()
    const caught = verdicts.some(([, verdict]) => verdict !== 'blind')
    failed ||= !caught
    console.log(`${caught ? 'caught' : 'MISSED'}  ${mutant.name}: ${verdicts.map((pair) => pair.join(' ')).join(', ')}`)
  }
} finally {
  rmSync(copy, { recursive: true, force: true })
}
process.exitCode = failed ? 1 : 0
