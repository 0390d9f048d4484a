import { RuntimeError } from '@asyncio-ts/core'
import { runningLoop } from '@asyncio-ts/core/primitives'
import { Runner } from './runner.ts'
import type { RunnerOptions, RunOptions } from './runner.ts'
import type { Main } from '../event-loop/task-of.ts'

/**
 * Runs a program: `main` on a new loop, then the clean-up of everything it left behind.
 *
 * The process stays alive while main waits, whatever it waits for.
 *
 * @param main - a coroutine, a function that returns one or a promise, or anything awaitable
 * @param options.debug - turns debug mode on or off
 * @param options.loopFactory - makes the loop
 * @param options.signal - cancels main when it aborts
 * @param options.handleSigterm - ends on SIGTERM as on SIGINT
 * @returns what main returns
 * @throws RuntimeError when a loop is running already
 * @throws TypeError when `main` is nothing that could be awaited
 * @throws SystemExit when the program threw it; uncaught, it ends the process with its exit code, after every `finally`
 * @throws KeyboardInterrupt when the user pressed Ctrl-C; uncaught, it ends the process with exit code 130
 *
 * @remarks
 * **Cancellation** The first SIGINT cancels main; the second ends the process at once. Tasks that are left when main
 * ends are cancelled and waited for.
 * **Differences from CPython** It returns a promise.
 * @example
 * import { run } from '@asyncio-ts/loop'
 *
 * console.log(await run(async () => 'hello'))
 * @see https://docs.python.org/3/library/asyncio-runner.html#asyncio.run
 */
export async function run<T>(main: Main<T>, options?: RunnerOptions & Omit<RunOptions, 'context'>): Promise<T> {
  if (runningLoop() !== null) {
    throw new RuntimeError(
      'asyncio.run() cannot be called from a running event loop: await main where you are, or wait until the other run has ended.',
    )
  }
  const runner = new Runner(options)
  try {
    return await runner.run(main, { signal: options?.signal })
  } finally {
    await runner.close()
  }
}
