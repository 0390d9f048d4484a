/** Measures one workload of one peer, and prints the median rate: `node child.js PEER WORKLOAD N ROUNDS`. */
import type { Peer, WorkloadName } from './workload.ts'
import { measuredInCpuTime } from './workload.ts'

const loaders: Record<string, () => Promise<Peer>> = {
  'ours (yield*)': async () => (await import('./peers/ours-generators.ts')).peer,
  'ours (await)': async () => (await import('./peers/ours-async.ts')).peer,
  'native promises': async () => (await import('./peers/native.ts')).peer,
  effect: async () => (await import('./peers/effect.ts')).peer,
  'async-mutex': async () => (await import('./peers/specialists.ts')).asyncMutex,
  'async-sema': async () => (await import('./peers/specialists.ts')).asyncSema,
  'p-limit': async () => (await import('./peers/specialists.ts')).pLimitPeer,
  'p-queue': async () => (await import('./peers/specialists.ts')).pQueuePeer,
  fastq: async () => (await import('./peers/specialists.ts')).fastqPeer,
}

const [peerName, name, count, rounds] = process.argv.slice(2) as [string, WorkloadName, string, string]
const n = Number(count)
const workload = (await loaders[peerName]!())[name]
if (workload === undefined) console.log('null')
else {
  const rates: number[] = []
  const warmUps = 2
  for (let round = 0; round < Number(rounds) + warmUps; round++) {
    const start = performance.now()
    const startCpu = process.cpuUsage()
    await workload(n)
    const { user, system } = process.cpuUsage(startCpu)
    const seconds = measuredInCpuTime.has(name) ? (user + system) / 1e6 : (performance.now() - start) / 1e3
    if (round >= warmUps) rates.push(n / seconds)
  }
  rates.sort((a, b) => a - b)
  console.log(rates[rates.length >> 1])
}
process.exit()
