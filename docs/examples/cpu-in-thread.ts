/** Work for the processor, in a thread: the loop goes on answering meanwhile. */
import { createTask, sleep, toThread } from 'asyncio-ts'

/** It refers to nothing but its argument, so that it can be sent to a thread. */
const countPrimes = (limit: number): number => {
  let count = 0
  for (let n = 2; n < limit; n++) {
    let isPrime = true
    for (let d = 2; d * d <= n && isPrime; d++) isPrime = n % d !== 0
    if (isPrime) count++
  }
  return count
}

export async function awaits() {
  const work = createTask(toThread(countPrimes, 300_000))
  let answers = 0
  while (!work.done()) {
    await sleep(0.001)
    answers++
  }
  console.log('primes', await work)
  console.log('answered meanwhile', answers > 0)
}

export function* yields() {
  const work = createTask(toThread(countPrimes, 300_000))
  let answers = 0
  while (!work.done()) {
    yield* sleep(0.001)
    answers++
  }
  console.log('primes', yield* work)
  console.log('answered meanwhile', answers > 0)
}
