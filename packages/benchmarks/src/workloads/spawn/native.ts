import { spawn } from 'node:child_process'
import { sum, times } from '../../times.ts'

const runTrue = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const child = spawn('/bin/true', [], { stdio: 'inherit' })
    child.on('error', reject)
    child.on('close', (code) => resolve(code === 0 ? 1 : 0))
  })

async function spawnSome(n: number): Promise<number> {
  let count = 0
  for (let i = 0; i < n; i++) count += await runTrue()
  return count
}

export default async (n: number, atOnce: number): Promise<number> =>
  sum(await Promise.all(times(atOnce, () => spawnSome(n / atOnce))))
