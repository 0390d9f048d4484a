import { createRequire } from 'node:module'
import { expect } from 'vitest'

const require = createRequire(import.meta.url)
const TESTS = 872

/** What the suite of Promises/A+ is told of an implementation. */
export interface Adapter {
  resolved(value: unknown): PromiseLike<unknown>
  rejected(reason: unknown): PromiseLike<unknown>
  deferred(): { promise: PromiseLike<unknown>; resolve(value: unknown): void; reject(reason: unknown): void }
}

type Suite = (
  adapter: Adapter,
  options: { reporter: unknown; timeout: number },
  done: (error?: unknown) => void,
) => void

function runSuite(adapter: Adapter): Promise<{ passed: number; failed: string[] }> {
  const suite = require('promises-aplus-tests') as Suite
  let passed = 0
  const failed: string[] = []
  class Reporter {
    constructor(runner: { on(event: string, listener: (test: { fullTitle(): string }, error?: Error) => void): void }) {
      runner.on('pass', () => passed++)
      runner.on('fail', (test, error) => failed.push(`${test.fullTitle()}: ${String(error)}`))
    }
  }
  return new Promise((resolve) =>
    suite(adapter, { reporter: Reporter, timeout: 20_000 }, () => resolve({ passed, failed })),
  )
}

/** Runs the whole suite, once a process: its tests are modules. */
export async function passSuite(adapter: Adapter): Promise<void> {
  const ignore = (): void => undefined
  // It leaves rejected promises behind.
  process.on('unhandledRejection', ignore)
  const { passed, failed } = await runSuite(adapter)
  process.off('unhandledRejection', ignore)
  expect({ passed, failed }).toEqual({ passed: TESTS, failed: [] })
}
