import { runOnLoop } from './run-on-loop.ts'
import type { TestResult } from './run-on-loop.ts'

/** The modules of CPython's `test.test_asyncio` that need neither sockets nor processes. */
export const MODULES = [
  ...['test_locks', 'test_queues', 'test_tasks', 'test_taskgroups', 'test_timeouts', 'test_futures', 'test_futures2'],
  ...['test_waitfor', 'test_runners', 'test_context', 'test_pep492'],
]

/** Fewer would mean that our loop was not the one that they ran on. */
const MIN_TOUCHED = 1000

export interface Comparison {
  total: number
  passed: number
  skipped: number
  /** Those that fail, and do so on CPython's own loop as well: for want of threads and processes. */
  failedAlike: number
  /** Those that made our loop turn. */
  touched: number
  /** What fails only on one of the two, and whatever else must not be. */
  failures: string[]
}

/** Runs CPython's own tests on our loop and on CPython's, at the same time. */
export async function compareLoops(folder: string, modules: string[], secondsPerTest = 20): Promise<Comparison> {
  const run = (loop: 'ours' | 'reference') => runOnLoop({ tests: folder, loop, modules, secondsPerTest })
  const [ours, reference] = await Promise.all([run('ours'), run('reference')])
  const count = (outcome: string) => [...ours.values()].filter((result) => result.outcome === outcome).length
  const failed = [...ours].filter(([, result]) => result.outcome === 'failed').map(([id]) => id)
  const touched = [...ours.values()].filter((result) => result.turns > 0).length
  const failures = differences(ours, reference)
  if (touched < MIN_TOUCHED && modules.length === MODULES.length) {
    failures.push(`only ${touched} tests touched our loop`)
  }
  return {
    total: ours.size,
    passed: count('passed'),
    skipped: count('skipped'),
    failedAlike: failed.filter((id) => reference.get(id)?.outcome === 'failed').length,
    touched,
    failures,
  }
}

function differences(ours: Map<string, TestResult>, reference: Map<string, TestResult>): string[] {
  const ids = new Set([...ours.keys(), ...reference.keys()])
  const describe = (result: TestResult | undefined): string =>
    result === undefined ? 'did not run' : `${result.outcome} ${result.detail}`.trim()
  return [...ids]
    .filter((id) => ours.get(id)?.outcome !== reference.get(id)?.outcome)
    .map((id) => `${id}: ${describe(ours.get(id))}; on CPython's loop: ${describe(reference.get(id))}`)
}
