import { execa } from 'execa'
import { sum, times } from '../../times.ts'

async function spawnSome(n: number): Promise<number> {
  let count = 0
  for (let i = 0; i < n; i++) count += (await execa('/bin/true', { stdio: 'inherit' })).exitCode === 0 ? 1 : 0
  return count
}

export default async (n: number, atOnce: number): Promise<number> =>
  sum(await Promise.all(times(atOnce, () => spawnSome(n / atOnce))))
