import type { ChildSpec, Sample } from './child-spec.ts'
import { median } from './median.ts'
import type { Body } from './workload.ts'

interface Round {
  readonly operations: number
  readonly clockSeconds: number
  readonly cpuSeconds: number
}

async function measureRound(body: Body, { n, width }: ChildSpec, leastSeconds: number): Promise<Round> {
  const start = performance.now()
  const startCpu = process.cpuUsage()
  let operations = 0
  let clockSeconds
  do {
    const counted = await body(n, width)
    if (counted !== n) throw new Error(`the workload counted ${counted} operations where ${n} were asked for`)
    operations += n
    clockSeconds = (performance.now() - start) / 1e3
  } while (clockSeconds < leastSeconds)
  const { user, system } = process.cpuUsage(startCpu)
  return { operations, clockSeconds, cpuSeconds: (user + system) / 1e6 }
}

/** What a round has to gain on the best before it, for the optimizing compiler to count as still at work. */
const GAIN = 1.03

/**
 * Runs rounds until two in a row are no faster than those before.
 *
 * What waits for sockets runs its functions a few ten thousand times a second, and takes seconds to be optimized.
 */
async function warmUp(body: Body, spec: ChildSpec): Promise<void> {
  const end = performance.now() + (spec.budgetSeconds / 2) * 1e3
  let best = 0
  for (let steady = 0; steady < 2 && performance.now() < end;) {
    const { operations, cpuSeconds } = await measureRound(body, spec, spec.roundSeconds)
    const rate = operations / cpuSeconds
    steady = rate > best * GAIN ? 0 : steady + 1
    best = Math.max(best, rate)
  }
}

/** The median rate of a few rounds, after a warm-up that lets the optimizing compiler finish. */
export async function measureRate(body: Body, spec: ChildSpec): Promise<Sample> {
  await warmUp(body, spec)
  const start = performance.now()
  const spentSeconds = (): number => (performance.now() - start) / 1e3
  const rates: number[] = []
  while (rates.length < spec.rounds && (rates.length < 1 || spentSeconds() < spec.budgetSeconds)) {
    const { operations, clockSeconds, cpuSeconds } = await measureRound(body, spec, spec.roundSeconds)
    rates.push(operations / (spec.measure === 'cpu-rate' ? cpuSeconds : clockSeconds))
  }
  return { value: median(rates) }
}
