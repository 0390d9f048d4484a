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

/** The median rate of a few rounds, after a warm-up that lets the optimizing compiler finish. */
export async function measureRate(body: Body, spec: ChildSpec): Promise<Sample> {
  const start = performance.now()
  const spentSeconds = (): number => (performance.now() - start) / 1e3
  for (let call = 0; call < 2 && spentSeconds() < spec.budgetSeconds / 4; call++) {
    await measureRound(body, spec, spec.roundSeconds)
  }
  const rates: number[] = []
  while (rates.length < spec.rounds && (rates.length < 1 || spentSeconds() < spec.budgetSeconds)) {
    const { operations, clockSeconds, cpuSeconds } = await measureRound(body, spec, spec.roundSeconds)
    rates.push(operations / (spec.measure === 'cpu-rate' ? cpuSeconds : clockSeconds))
  }
  return { value: median(rates) }
}
