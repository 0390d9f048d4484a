import { callbackCases, timerCases } from './event-loop-suite/callback-cases.ts'
import { lifecycleCases } from './event-loop-suite/lifecycle-cases.ts'
import { networkCases } from './event-loop-suite/network-cases.ts'
import { errorCases, taskCases } from './event-loop-suite/task-cases.ts'
import type { LoopCase, TestedLoop } from './event-loop-suite/tested-loop.ts'

/** The part of a test library that the suite is written for: vitest, jest, mocha and `node:test` have it. */
export interface TestRunner {
  describe(name: string, body: () => void): unknown
  test?(name: string, body: () => Promise<void>): unknown
  it?(name: string, body: () => Promise<void>): unknown
}

/** Options of {@link describeEventLoop}. */
export interface DescribeEventLoopOptions {
  /** What registers the tests; the globals of the test library when absent. */
  runner?: TestRunner | undefined
  /** False for a loop without a network. */
  network?: boolean | undefined
  /** Titles of tests that the loop cannot pass, each with the reason. */
  skip?: Readonly<Record<string, string>> | undefined
}

const groups: readonly (readonly [name: string, cases: readonly LoopCase[]])[] = [
  ['callbacks', callbackCases],
  ['timers', timerCases],
  ['tasks', taskCases],
  ['errors', errorCases],
  ['running and closing', lifecycleCases],
  ['network', networkCases],
]

/**
 * Registers the tests that every event loop has to pass.
 *
 * Each test gets a loop of its own, which is closed afterwards.
 *
 * @param factory - makes a loop
 * @param options.runner - an object with `describe`, and `test` or `it`
 * @param options.skip - reasons by title; a title that no test has is an error
 * @throws TypeError when there is nothing to register tests with, or a test that is to be skipped does not exist
 * @example
 * import { newEventLoop } from '@asyncio-ts/loop'
 * import { describeEventLoop } from '@asyncio-ts/testing'
 *
 * // In a test file: describeEventLoop(newEventLoop, { runner: { describe, test } })
 * const runner = { describe: (_name: string, body: () => void) => body(), test: (title: string) => console.log(title) }
 * describeEventLoop(newEventLoop, { runner })
 * @extension
 */
export function describeEventLoop(factory: () => TestedLoop, options: DescribeEventLoopOptions = {}): void {
  const { runner = globalThis as unknown as TestRunner, network = true, skip = {} } = options
  const register = runner.test ?? runner.it
  if (typeof runner.describe !== 'function' || typeof register !== 'function') {
    throw new TypeError('describeEventLoop() needs a test library: pass { runner: { describe, test } }.')
  }
  checkSkipped(Object.keys(skip))
  runner.describe('an event loop', () => {
    for (const [name, cases] of groups) {
      if (name === 'network' && !network) continue
      runner.describe(name, () => {
        for (const each of cases) {
          if (!(each.title in skip)) register.call(runner, each.title, () => runCase(each, factory()))
        }
      })
    }
  })
}

async function runCase({ run }: LoopCase, loop: TestedLoop): Promise<void> {
  try {
    await run(loop)
  } finally {
    loop.setExceptionHandler(() => undefined)
    loop.close()
  }
}

function checkSkipped(titles: readonly string[]): void {
  const known = new Set(groups.flatMap(([, cases]) => cases.map(({ title }) => title)))
  for (const title of titles) {
    if (!known.has(title)) throw new TypeError(`There is no test '${title}' to skip: it may have been renamed.`)
  }
}
