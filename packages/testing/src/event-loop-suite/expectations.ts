import { reprOf } from '@asyncio-ts/core/primitives'

/** What little the suite asks of a test library, so that it needs none. */
export class ExpectationError extends Error {}
Object.defineProperty(ExpectationError.prototype, 'name', { value: 'ExpectationError' })

/** @throws ExpectationError when the two do not look the same */
export function equal(actual: unknown, expected: unknown): void {
  const [got, wanted] = [reprOf(actual), reprOf(expected)]
  if (got !== wanted) throw new ExpectationError(`Got ${got}, expected ${wanted}.`)
}

/** @throws ExpectationError when it does not hold */
export function holds(condition: boolean, what: string): void {
  if (!condition) throw new ExpectationError(`This should hold: ${what}.`)
}

/** @throws ExpectationError when the call does not throw an error of this name */
export function throws(name: string, call: () => unknown): void {
  let thrown: unknown
  try {
    call()
  } catch (error) {
    thrown = error
  }
  equal((thrown as Error | undefined)?.name, name)
}

/** @throws ExpectationError when the promise does not fail with an error of this name */
export async function rejects(name: string, promise: PromiseLike<unknown>): Promise<void> {
  let thrown: unknown
  try {
    await promise
  } catch (error) {
    thrown = error
  }
  equal((thrown as Error | undefined)?.name, name)
}
