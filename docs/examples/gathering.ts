/** Three factorials at once; the results come in the order of the arguments. */
import { coroutine, gather, sleep } from 'asyncio-ts'
import { stopwatch } from './stopwatch.ts'

async function factorialAsync(name: string, n: number) {
  let product = 1
  for (let i = 2; i <= n; i++) {
    await sleep(0.1)
    product *= i
  }
  console.log(`${name}: factorial(${n}) = ${product}`)
  return product
}

export async function awaits() {
  const elapsed = stopwatch()
  const results = await gather(
    () => factorialAsync('A', 2),
    () => factorialAsync('B', 3),
    () => factorialAsync('C', 4),
  )
  console.log(results, 'took', elapsed())
}

const factorial = coroutine(function* (name: string, n: number) {
  let product = 1
  for (let i = 2; i <= n; i++) {
    yield* sleep(0.1)
    product *= i
  }
  console.log(`${name}: factorial(${n}) = ${product}`)
  return product
})

export function* yields() {
  const elapsed = stopwatch()
  const results = yield* gather(factorial('A', 2), factorial('B', 3), factorial('C', 4))
  console.log(results, 'took', elapsed())
}
