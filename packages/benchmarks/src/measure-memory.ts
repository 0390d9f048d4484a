import type { ChildSpec, Sample } from './child-spec.ts'

/** Parks `n` tasks, calls back while they sleep, and returns how many do. */
export type ParkBody = (n: number, whenAsleep: () => void) => Promise<number>

interface Memory {
  readonly resident: number
  readonly heap: number
}

function readMemory(): Memory {
  globalThis.gc!()
  const { rss, heapUsed } = process.memoryUsage()
  return { resident: rss, heap: heapUsed }
}

/** What a task that sleeps costs in memory. The process ends while they sleep. */
export async function measureMemory(body: ParkBody, { n }: ChildSpec): Promise<Sample> {
  const before = readMemory()
  let after = before
  const asleep = new Promise<void>((resolve, reject) => {
    const park = body(n, () => {
      after = readMemory()
      resolve()
    })
    park.catch(reject)
  })
  await asleep
  return { value: (after.resident - before.resident) / n, extras: { heap: (after.heap - before.heap) / n } }
}
