import type { CoroutineLike } from '@asyncio-ts/core'
import { runVirtual } from './run-virtual.ts'
import type { RunVirtualOptions } from './run-virtual.ts'

/** A test in virtual time: it receives what the test runner passes. */
export type VirtualTest<A extends unknown[]> = (...args: A) => CoroutineLike<unknown> | PromiseLike<unknown>

/**
 * Makes a test that runs in virtual time, and fails when it leaves tasks, timers or callbacks behind.
 *
 * Debug mode is on, so that a failure tells where what was left behind had been made.
 *
 * @param body - an async function or a `function*`; it receives what the test runner passes
 * @param options - those of `runVirtual`; `{ leaks: false }` allows leaving things behind
 * @returns a function for `test` of vitest, `node:test`, jest, mocha and their kin
 * @example
 * import { virtual } from '@asyncio-ts/testing'
 * import { getRunningLoop } from '@asyncio-ts/core'
 *
 * const body = virtual(async () => {
 *   await new Promise<void>((resolve) => getRunningLoop().callLater(60, resolve))
 * })
 * await body() // in a test file: test('waits for a minute', virtual(async () => { … }))
 * @extension
 */
export function virtual<A extends unknown[]>(
  body: VirtualTest<A>,
  options: RunVirtualOptions = {},
): (...args: A) => Promise<void> {
  if (typeof body !== 'function') throw new TypeError('virtual() takes a function: the body of the test.')
  const test = async (...args: A): Promise<void> => {
    await runVirtual(() => body(...args) as PromiseLike<unknown>, { leaks: true, debug: true, ...options })
  }
  // Runners tell by its length what a test wants to be given.
  return Object.defineProperty(test, 'length', { value: body.length })
}
