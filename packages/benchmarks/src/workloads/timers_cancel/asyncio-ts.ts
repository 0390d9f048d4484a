import { getRunningLoop, sleep } from 'asyncio-ts'
import type { Coroutine } from 'asyncio-ts'
import { isCalledOff, timerMs } from '../../scattered.ts'
import { times } from '../../times.ts'

/** Starts `n` timers, calls nine of ten off, and returns what says how many are settled. */
function start(n: number): () => number {
  const loop = getRunningLoop()
  let count = 0
  const timers = times(n, (i) => loop.callLater(timerMs(i) / 1000, () => void count++))
  timers.forEach((timer, i) => {
    if (!isCalledOff(i)) return
    timer.cancel()
    count++
  })
  return () => count
}

export function* generators(n: number): Coroutine<number> {
  const count = start(n)
  while (count() < n) yield* sleep(0.01)
  return count()
}

export async function functions(n: number): Promise<number> {
  const count = start(n)
  while (count() < n) await sleep(0.01)
  return count()
}
