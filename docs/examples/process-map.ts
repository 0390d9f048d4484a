/** A map over a pool of processes, with a progress bar. */
import { ProcessPoolExecutor } from 'asyncio-ts'

const numbers = [1e12 + 39, 1e12 + 41, 1e12 + 61, 1e12 + 63, 1e12 + 65]

/** It refers to nothing but its argument, so that it can be sent to a process. */
const isPrime = (n: number): boolean => {
  if (n < 2) return false
  for (let d = 2; d * d <= n; d++) if (n % d === 0) return false
  return true
}

function showProgress(results: boolean[]) {
  const left = numbers.length - results.length
  console.log(`[${'#'.repeat(results.length)}${'.'.repeat(left)}] ${numbers.length - left}/${numbers.length}`)
}

export async function awaits() {
  const executor = new ProcessPoolExecutor({ maxWorkers: 2 })
  const results: boolean[] = []
  try {
    for await (const result of executor.map(isPrime, numbers)) {
      results.push(result)
      showProgress(results)
    }
  } finally {
    await executor.shutdown()
  }
  console.log(numbers.filter((_, index) => results[index]).length, 'of them are prime')
}

export function* yields() {
  const executor = new ProcessPoolExecutor({ maxWorkers: 2 })
  const results: boolean[] = []
  try {
    const mapped = executor.map(isPrime, numbers)
    for (let next = yield* mapped.next(); next.done !== true; next = yield* mapped.next()) {
      results.push(next.value)
      showProgress(results)
    }
  } finally {
    yield* executor.shutdown()
  }
  console.log(numbers.filter((_, index) => results[index]).length, 'of them are prime')
}
