import { gather, ThreadPoolExecutor } from 'asyncio-ts'
import type { Coroutine } from 'asyncio-ts'
import { sum, times } from '../../times.ts'

/** Taken as text: it brings along all that it calls. */
function call(): number {
  const fibonacci = (n: number): number => (n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2))
  return fibonacci(27) === 196_418 ? 1 : 0
}

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
