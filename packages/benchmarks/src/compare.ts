import type { Sample } from './child-spec.ts'
import { operationsOf } from './measurer.ts'
import type { Measurer } from './measurer.ts'
import type { Peer } from './peers.ts'
import type { Row } from './report.ts'
import { summarize } from './summary.ts'
import type { Workload } from './workload.ts'

/** Called with a sentence for each measurement that failed. */
export type OnFailure = (sentence: string) => void

async function attempt(measurer: Measurer, workload: Workload, peer: Peer, onFailure: OnFailure): Promise<Sample[]> {
  try {
    return [await measurer.take(workload, peer)]
  } catch (error) {
    onFailure(`${workload.name}, ${peer.label}: ${(error as Error).message}`)
    return []
  }
}

/** Does the work in so many lanes, each of which takes the next thing when it is done with one. */
async function inLanes<T>(lanes: number, things: Iterable<T>, work: (thing: T) => Promise<void>): Promise<void> {
  const rest = things[Symbol.iterator]()
  const lane = async (): Promise<void> => {
    for (let next = rest.next(); next.done !== true; next = rest.next()) await work(next.value)
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}

/** How a workload is compared. */
export interface Comparison {
  /** Processes for each peer. */
  readonly turns: number
  /** How many run at a time, where what is counted is processor time. */
  readonly lanes: number
}

/** Measures one workload of every peer that has it. They take turns, so that a slow minute falls on all of them. */
export async function compare(
  measurer: Measurer,
  workload: Workload,
  peers: readonly Peer[],
  { turns, lanes }: Comparison,
  onFailure: OnFailure,
): Promise<Row> {
  const able = peers.filter((peer) => measurer.can(workload, peer))
  const taken = new Map<Peer, Sample[]>(able.map((peer) => [peer, []]))
  for (let turn = 0; turn < turns; turn++) {
    await inLanes(workload.measure === 'cpu-rate' ? lanes : 1, taken, async ([peer, samples]) => {
      samples.push(...(await attempt(measurer, workload, peer, onFailure)))
    })
  }
  const measured = [...taken].filter(([, samples]) => samples.length > 0)
  return Object.fromEntries(
    measured.map(([peer, samples]) => [peer.label, summarize(operationsOf(workload, peer, false), samples)]),
  )
}

/** Runs every peer of every workload once, with little to do, and returns how many those were. */
export async function smoke(
  measurer: Measurer,
  workloads: readonly Workload[],
  peers: readonly Peer[],
  lanes: number,
  onFailure: OnFailure,
): Promise<number> {
  const pairs = workloads.flatMap((workload) =>
    peers.filter((peer) => measurer.can(workload, peer)).map((peer) => [workload, peer] as const),
  )
  await inLanes(lanes, pairs, async ([workload, peer]) => {
    await attempt(measurer, workload, peer, onFailure)
  })
  return pairs.length
}
