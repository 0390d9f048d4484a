/** Measures one workload of ours against the kernel, by turns in one process: `node gate-child.js SPEC`. */
import { pathToFileURL } from 'node:url'
import { EventLoop, Runner } from 'asyncio-ts'
import type { Body } from '../workload.ts'
import type { GateSample, GateSpec } from './gate-spec.ts'
import { kernel } from './kernel.ts'
import { lowThird } from './low-third.ts'

const kernelSteps = 50_000
const warmUpMs = 250
const mostPairs = 40
const fewestPairs = 9
const budgetMs = 700

async function nothing(): Promise<void> {
  await undefined
}

/** The slow-down that one would plant by accident: a call of an async function for whatever becomes ready. */
class PlantedLoop extends EventLoop {
  override _enqueue(item: Parameters<EventLoop['_enqueue']>[0]): void {
    void nothing()
    super._enqueue(item)
  }
}

/** Processor time in milliseconds: what other programs take does not count. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e3
}

const spec = JSON.parse(process.argv[2]!) as GateSpec
const body = ((await import(pathToFileURL(spec.file).href)) as Record<string, Body>)[spec.spelling]!
const runner = new Runner({ loopFactory: () => (spec.isPlanted ? new PlantedLoop() : new EventLoop()) })

async function timeOurs(): Promise<number> {
  const { n, width } = spec
  const start = cpuMs()
  const counted = await runner.run(spec.spelling === 'functions' ? () => body(n, width) : body(n, width))
  if (counted !== n) throw new Error(`the workload counted ${counted} operations where ${n} were asked for`)
  return (cpuMs() - start) / n
}

function timeKernel(): number {
  const start = cpuMs()
  if (kernel(kernelSteps) !== kernelSteps) throw new Error('the kernel miscounted')
  return (cpuMs() - start) / kernelSteps
}

const start = cpuMs()
while (cpuMs() < start + warmUpMs) {
  await timeOurs()
  timeKernel()
}
const ours: number[] = []
const yardstick: number[] = []
for (let i = 0; i < mostPairs && (i < fewestPairs || cpuMs() < start + budgetMs); i++) {
  ours.push(await timeOurs())
  yardstick.push(timeKernel())
}
// The cheapest third is what it takes when nothing else is in the way.
const sample: GateSample = { cost: lowThird(ours) / lowThird(yardstick) }
console.log(JSON.stringify(sample))
process.exit()
