import { getRunningLoop } from 'asyncio-ts'

/** Measures on the clock of the loop, which tests replace by one that need not wait. */
export function stopwatch(): () => string {
  const loop = getRunningLoop()
  const start = loop.time()
  return () => `${(loop.time() - start).toFixed(1)} s`
}
