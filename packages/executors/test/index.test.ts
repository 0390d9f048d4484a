import { expect, it } from 'vitest'
import * as executors from '../src/index.ts'

it('exports what asyncio.threads and concurrent.futures do, and the extensions', () => {
  expect(Object.keys(executors).sort()).toEqual([
    'BrokenExecutor',
    'BrokenProcessPool',
    'BrokenThreadPool',
    'ProcessPoolExecutor',
    'ThreadPoolExecutor',
    'callSoonThreadsafe',
    'executorSignal',
    'loopPort',
    'runCoroutineThreadsafe',
    'runInExecutor',
    'toThread',
    'transfer',
    'workerFunction',
  ])
})

it('loads neither threads nor processes by itself', async () => {
  const { execFile } = await import('node:child_process')
  const { fileURLToPath } = await import('node:url')
  const { promisify } = await import('node:util')
  const { bundle } = await import('./bundle.ts')
  const text = `import '@asyncio-ts/executors'
    console.log(process.moduleLoadList.filter((each) => / (worker_threads|child_process)$/.test(each)).join())`
  const program = fileURLToPath(await bundle({ text }))
  expect((await promisify(execFile)(process.execPath, [program])).stdout).toBe('\n')
})
