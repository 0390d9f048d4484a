import { scatteredMs } from '../../scattered.ts'
import { sum, times } from '../../times.ts'

const nap = async (delayMs: number): Promise<number> => {
  await new Promise((resolve) => void setTimeout(resolve, delayMs))
  return 1
}

export default async (n: number): Promise<number> => sum(await Promise.all(times(n, (i) => nap(scatteredMs(i)))))
