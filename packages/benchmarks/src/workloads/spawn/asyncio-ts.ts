import { coroutine, createSubprocessExec, gather } from 'asyncio-ts'
import type { Coroutine } from 'asyncio-ts'
import { sum, times } from '../../times.ts'

const spawn = coroutine(function* (n: number) {
  let count = 0
  for (let i = 0; i < n; i++) {
    const process = yield* createSubprocessExec('/bin/true')
    count += (yield* process.wait()) === 0 ? 1 : 0
  }
  return count
})

export function* generators(n: number, atOnce: number): Coroutine<number> {
  return sum(yield* gather(times(atOnce, () => spawn(n / atOnce))))
}

const spawnAsync = async (n: number): Promise<number> => {
  let count = 0
  for (let i = 0; i < n; i++) {
    const process = await createSubprocessExec('/bin/true')
    count += (await process.wait()) === 0 ? 1 : 0
  }
  return count
}

export async function functions(n: number, atOnce: number): Promise<number> {
  return sum(await gather(times(atOnce, () => () => spawnAsync(n / atOnce))))
}
