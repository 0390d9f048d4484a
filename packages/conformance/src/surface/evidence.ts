import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const PACKAGES = fileURLToPath(new URL('../../..', import.meta.url))

/** A file that proves something, and what it says. */
interface Witness {
  /** As it is named in the table. */
  label: string
  path: string
  text: string
}

const walk = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))

const read = (path: string, label: string): Witness => ({ label, path, text: readFileSync(path, 'utf8') })

/** The recorded cases, and the tests of the packages, in a stable order. */
export function witnesses(): { cases: Witness[]; tests: Witness[] } {
  const cases = walk(join(PACKAGES, 'conformance/cases'))
    .filter((path) => path.endsWith('case.ts'))
    .map((path) => read(path, path.split('/').slice(-3, -1).join('/')))
  const tests = readdirSync(PACKAGES)
    .filter((name) => !['conformance', 'benchmarks'].includes(name))
    .flatMap((name) => walk(join(PACKAGES, name, 'test')))
    .filter((path) => path.endsWith('.test.ts') && basename(path) !== 'index.test.ts')
    .map((path) => read(path, path.slice(PACKAGES.length)))
  const byLabel = (a: Witness, b: Witness): number => (a.label < b.label ? -1 : 1)
  return { cases: cases.sort(byLabel), tests: tests.sort(byLabel) }
}

/** Where each part of asyncio is tested: the modules of the cases, and the packages. */
const PLACES: Readonly<Record<string, { cases: string[]; packages: string[] }>> = {
  runners: { cases: ['runners'], packages: ['loop'] },
  tasks: {
    cases: ['tasks', 'gather', 'wait', 'wait-for', 'shield', 'as-completed', 'eager'],
    packages: ['core', 'tasks', 'executors'],
  },
  taskgroups: { cases: ['taskgroups'], packages: ['tasks'] },
  timeouts: { cases: ['timeouts'], packages: ['tasks'] },
  futures: { cases: ['futures'], packages: ['core', 'tasks'] },
  locks: { cases: ['locks', 'events', 'conditions', 'semaphores', 'barriers'], packages: ['sync'] },
  queues: { cases: ['queues'], packages: ['queues'] },
  streams: { cases: ['streams'], packages: ['streams'] },
  subprocess: { cases: ['subprocess'], packages: ['subprocess'] },
  threads: { cases: ['threads'], packages: ['executors'] },
}

/** The packages in which a loop, its transports and protocols are tested. */
const LOOP = { cases: ['loop', 'runners', 'tasks'], packages: ['core', 'loop', 'executors', 'subprocess', 'streams'] }
const EVERYWHERE = { cases: [''], packages: [''] }

/** What is looked for: the uses of one name. */
export interface Search {
  /** CPython's module. */
  module: string
  /** Python's name. */
  python: string
  pattern: RegExp
  isMember: boolean
}

interface Place {
  cases: string[]
  packages: string[]
}

/**
 * Finds a case and a test that use a name: where it belongs first, then anywhere.
 *
 * What the page names already is kept for as long as it uses the name, so that a new test does not change the page.
 */
export class Evidence {
  readonly #witnesses = witnesses()
  readonly #named: ReadonlyMap<string, string[]>
  readonly #fillsGaps: boolean

  /** @param fillsGaps - whether to look for something where the page names nothing */
  constructor(page: string, fillsGaps: boolean) {
    this.#named = labelsOf(page)
    this.#fillsGaps = fillsGaps
  }

  find({ module, python, pattern, isMember }: Search): string[] {
    const named = this.#named.get(python)
    if (named?.every((label) => this.#uses(label, pattern)) && (named.length > 0 || !this.#fillsGaps)) return named
    const own = PLACES[module] ?? LOOP
    const places = isMember ? [own] : [own, EVERYWHERE]
    const found = [this.#firstCase(places, pattern), this.#firstTest(places, pattern)]
    return found.filter((label) => label !== undefined)
  }

  #uses(label: string, pattern: RegExp): boolean {
    const { cases, tests } = this.#witnesses
    return [...cases, ...tests].some((witness) => witness.label === label && pattern.test(witness.text))
  }

  #firstCase(places: Place[], pattern: RegExp): string | undefined {
    const inModule = (label: string, module: string): boolean => module === '' || label.startsWith(`${module}/`)
    return places
      .flatMap(({ cases }) => cases)
      .flatMap((module) => this.#witnesses.cases.filter(({ label }) => inModule(label, module)))
      .find(({ text }) => pattern.test(text))?.label
  }

  #firstTest(places: Place[], pattern: RegExp): string | undefined {
    return places
      .flatMap(({ packages }) => packages)
      .flatMap((name) => this.#witnesses.tests.filter(({ label }) => label.startsWith(name)))
      .find(({ text }) => pattern.test(text))?.label
  }
}

/** What the third column of the page names for each name in its first. */
function labelsOf(page: string): Map<string, string[]> {
  const rows = page.matchAll(/^\| `([^`]+)` \|[^|]*\|([^|]*)\|/gm)
  const quoted = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, label]) => label!)
  return new Map([...rows].map(([, name, cell]) => [name!, quoted(cell!)]))
}
