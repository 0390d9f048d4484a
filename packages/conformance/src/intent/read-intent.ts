import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const FOLDER = fileURLToPath(new URL('../../intent', import.meta.url))
const REPOSITORY = fileURLToPath(new URL('../../../..', import.meta.url))

/** One of CPython's tests, and what here asks for the same. */
export interface Intent {
  /** CPython's module: `test_locks`. */
  module: string
  /** Class and test, without the prefix `test_`: `LockTests.acquire_cancel`. */
  test: string
  witness: Witness
}

export type Witness =
  | { kind: 'case'; id: string }
  | { kind: 'test'; file: string; title: string }
  | { kind: 'not applicable'; reason: string }
  | { kind: 'not covered'; what: string }

/**
 * Reads the files in `intent`: a line for each test, `Class.test`, then
 *
 * `= case <id>`, `= <file>: <title of the test>`, `- <why it does not apply>` or `? <what is not covered yet>`.
 */
export function readIntents(): Intent[] {
  return readdirSync(FOLDER)
    .sort()
    .flatMap((name) => {
      const lines = readFileSync(join(FOLDER, name), 'utf8').trimEnd().split('\n')
      return lines.map((line) => ({ module: name.replace('.txt', ''), ...parse(line, name) }))
    })
}

function parse(line: string, name: string): { test: string; witness: Witness } {
  const match = /^(\w+\.\w+) ([=?-]) (.+)$/.exec(line)
  if (match === null) throw new Error(`intent/${name} has a line that says nothing: ${line}`)
  const [, test, sign, rest] = match as unknown as [string, string, string, string]
  if (sign === '-') return { test, witness: { kind: 'not applicable', reason: rest } }
  if (sign === '?') return { test, witness: { kind: 'not covered', what: rest } }
  if (rest.startsWith('case ')) return { test, witness: { kind: 'case', id: rest.slice('case '.length) } }
  const [file, ...title] = rest.split(': ')
  return { test, witness: { kind: 'test', file: file!, title: title.join(': ') } }
}

/** Whether what is named is there: the case, or a test with this title in the file. */
export function exists(witness: Witness): boolean {
  if (witness.kind === 'case') return existsSync(join(REPOSITORY, 'packages/conformance/cases', witness.id, 'case.ts'))
  if (witness.kind !== 'test') return true
  const path = join(REPOSITORY, witness.file)
  const titles = [`'${witness.title}'`, `"${witness.title}"`, `\`${witness.title}\``]
  return existsSync(path) && titles.some((title) => readFileSync(path, 'utf8').includes(title))
}
