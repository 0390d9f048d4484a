import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { BrokenThreadPool, ThreadPoolExecutor } from '../src/index.ts'
import { bundle } from './bundle.ts'

const length = (rows: unknown[]): number => rows.length

describe('a call whose arguments exhaust its worker while it reads them', () => {
  it('fails after two workers, and the calls around it do not', async () => {
    await using executor = new ThreadPoolExecutor({
      maxWorkers: 1,
      threadNamePrefix: 'small',
      resourceLimits: { maxOldGenerationSizeMb: 24, maxYoungGenerationSizeMb: 4 },
    })
    // In small pieces: a large one that finds no room ends the whole process, on some hosts.
    const poison = Array.from({ length: 400_000 }, (_, index) => ({ index, row: [index] }))
    const before = executor.submit(length, [1])
    const call = executor.submit(length, poison)
    const behind = [executor.submit(length, [1, 2]), executor.submit(length, [1, 2, 3])]
    const error = await call.then(
      () => null,
      (failure: Error) => failure,
    )
    expect(error).toBeInstanceOf(BrokenThreadPool)
    expect(error!.message).toMatch(/'small_1' ran out of memory before it had begun 'length', and so did another/)
    expect(await before).toBe(1)
    expect(await Promise.all(behind)).toEqual([2, 3])
    expect(await executor.submit(length, [])).toBe(0)
  })
})

describe('a function written in place where the host makes no functions of texts', () => {
  it('fails, and the pool lives', async () => {
    const program = await bundle({
      text: `
      import { ProcessPoolExecutor, ThreadPoolExecutor, workerFunction } from '@asyncio-ts/executors'
      const named = workerFunction<typeof import('node:path'), 'basename'>('node:path', 'basename')
      for (const Executor of [ThreadPoolExecutor, ProcessPoolExecutor]) {
        const executor = new Executor({ maxWorkers: 1 })
        const outcome = await Promise.resolve().then(() => executor.submit((n: number) => n, 1)).then(String, (error) => error.name)
        console.log(outcome, await executor.submit(named, '/a/b'))
        await executor.shutdown()
      }
      `,
    })
    const args = ['--disallow-code-generation-from-strings', fileURLToPath(program)]
    const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 20_000 })
    expect(stdout).toBe('EvalError b\nEvalError b\n')
  })
})
