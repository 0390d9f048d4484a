import { parseArgs } from 'node:util'
import { catalogue } from './catalogue.ts'
import { choose } from './choose.ts'
import { peers } from './peers.ts'
import type { Peer } from './peers.ts'
import type { Workload } from './workload.ts'

/** What the command line asks for. */
export interface Options {
  readonly workloads: readonly Workload[]
  readonly peers: readonly Peer[]
  /** Processes that each peer gets for each workload. */
  readonly turns: number
  /** Measured rounds of a process. */
  readonly rounds: number
  /** How many processes run at a time, where processor time is what counts. */
  readonly lanes: number
  readonly quick: boolean
  readonly dist: boolean
  readonly docs: boolean
  readonly profile: boolean
  readonly node: string
  readonly pythons: readonly string[]
  readonly out: string
}

const definitions = {
  only: { type: 'string', default: '' },
  chapters: { type: 'string', default: '' },
  peers: { type: 'string', default: '' },
  turns: { type: 'string', default: '3' },
  rounds: { type: 'string', default: '5' },
  lanes: { type: 'string', default: '1' },
  quick: { type: 'boolean', default: false },
  dist: { type: 'boolean', default: false },
  docs: { type: 'boolean', default: false },
  profile: { type: 'boolean', default: false },
  node: { type: 'string', default: process.execPath },
  python: { type: 'string' },
  out: { type: 'string', default: 'latest' },
} as const

function positive(name: string, text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} takes a whole number above 0, not '${text}'`)
  return value
}

function chooseWorkloads(only: string, chapters: string): readonly Workload[] {
  const named = choose(catalogue, only, ({ name }) => name)
  const all = [...new Set(catalogue.map(({ chapter }) => chapter))]
  const wanted = choose(all, chapters, (chapter) => chapter)
  return named.filter(({ chapter }) => wanted.includes(chapter))
}

/**
 * Reads the arguments of the command line.
 *
 * @throws Error that lists what there is, when a name is not known
 */
export function parseOptions(args: readonly string[]): Options {
  const { values } = parseArgs({ args: [...args], options: definitions })
  const { quick, docs } = values
  if (quick && docs) throw new Error('--quick measures cold code: leave it out, or leave out --docs')
  return {
    workloads: chooseWorkloads(values.only, values.chapters),
    peers: choose(peers, values.peers, ({ label }) => label),
    turns: quick ? 1 : positive('turns', values.turns),
    rounds: quick ? 1 : positive('rounds', values.rounds),
    lanes: positive('lanes', values.lanes),
    quick,
    docs,
    dist: values.dist,
    profile: values.profile,
    node: values.node,
    pythons: values.python === undefined ? ['/usr/bin/python3', 'python3'] : [values.python],
    out: values.out,
  }
}
