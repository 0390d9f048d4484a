import { gather, ThreadPoolExecutor } from 'asyncio-ts'
import type { Coroutine } from 'asyncio-ts'
import { sum, times } from '../../times.ts'

const call = (): number => 1

let pool: ThreadPoolExecutor | undefined
const poolOf = (threads: number): ThreadPoolExecutor => (pool ??= new ThreadPoolExecutor({ maxWorkers: threads }))

/** Ends the threads, where the process goes on. */
export async function close(): Promise<void> {
  await pool?.shutdown()
  pool = undefined
}

export function* generators(n: number, threads: number): Coroutine<number> {
  const running = poolOf(threads)
  return sum(yield* gather(times(n, () => running.submit(call))))
}

export async function functions(n: number, threads: number): Promise<number> {
  const running = poolOf(threads)
  return sum(await gather(times(n, () => running.submit(call))))
}
