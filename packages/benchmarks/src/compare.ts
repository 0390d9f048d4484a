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

/** Measures one workload of every peer that has it. They take turns, so that a slow minute falls on all of them. */
export async function compare(
  measurer: Measurer,
  workload: Workload,
  peers: readonly Peer[],
  turns: number,
  onFailure: OnFailure,
): Promise<Row> {
  const able = peers.filter((peer) => measurer.can(workload, peer))
  const taken = new Map<Peer, Sample[]>(able.map((peer) => [peer, []]))
  for (let turn = 0; turn < turns; turn++) {
    for (const [peer, samples] of taken) samples.push(...(await attempt(measurer, workload, peer, onFailure)))
  }
  const measured = [...taken].filter(([, samples]) => samples.length > 0)
  return Object.fromEntries(
    measured.map(([peer, samples]) => [peer.label, summarize(operationsOf(workload, peer, false), samples)]),
  )
}

/** Runs every peer of every folder once, with little to do, as many at a time as there are lanes. */
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
  const queue = pairs[Symbol.iterator]()
  const work = async (): Promise<void> => {
    for (const [workload, peer] of queue) await attempt(measurer, workload, peer, onFailure)
  }
  await Promise.all(Array.from({ length: lanes }, work))
  return pairs.length
}
