import { ThreadPoolExecutor } from 'asyncio-ts'
import type { Coroutine } from 'asyncio-ts'

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
  let total = 0
  for (let i = 0; i < n; i++) total += yield* running.submit(call)
  return total
}

export async function functions(n: number, threads: number): Promise<number> {
  const running = poolOf(threads)
  let total = 0
  for (let i = 0; i < n; i++) total += await running.submit(call)
  return total
}
