import { Worker } from 'node:worker_threads'
import type { Outcome, Report, RunOptions } from './run-options.ts'

export interface TestResult {
  outcome: Outcome
  detail: string
  /** How often the TypeScript loop turned for this test. */
  turns: number
}

/** In seconds: how long a worker may stay silent above what a test may take, before it is taken to hang. */
const GRACE = 60

/**
 * Runs CPython's tests in a worker, and runs those that are left in a new one when a test hangs.
 *
 * @returns what became of each test
 */
export async function runOnLoop(options: Omit<RunOptions, 'finished'>): Promise<Map<string, TestResult>> {
  const results = new Map<string, TestResult>()
  for (let ended = false; !ended;) ended = await runWorker({ ...options, finished: [...results.keys()] }, results)
  return results
}

/** @returns whether the worker came to its end; otherwise the test that it hung in is among the results, as failed */
function runWorker(options: RunOptions, results: Map<string, TestResult>): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('worker.mjs', import.meta.url), {
      workerData: options,
      execArgv: ['--conditions=@asyncio-ts/source'],
    })
    let running: string | null = null
    const giveUp = (): void => {
      void worker.terminate()
      if (running === null) reject(new Error(`CPython on the ${options.loop} loop stopped between two tests.`))
      else results.set(running, { outcome: 'failed', detail: 'hung: ended by the watchdog', turns: 0 })
      resolve(false)
    }
    let watchdog = setTimeout(giveUp, 60_000)
    worker.on('error', reject)
    worker.on('exit', () => clearTimeout(watchdog))
    worker.on('message', (report: Report) => {
      clearTimeout(watchdog)
      watchdog = setTimeout(giveUp, (options.secondsPerTest + GRACE) * 1000)
      if (report.kind === 'started') running = report.id
      else if (report.kind === 'end') void worker.terminate().then(() => resolve(true))
      else {
        const { id, detail } = report
        const turns = report.kind === 'ended' ? report.turns : 0
        results.set(id, { outcome: report.kind === 'ended' ? report.outcome : 'failed', detail, turns })
        running = null
      }
    })
  })
}
