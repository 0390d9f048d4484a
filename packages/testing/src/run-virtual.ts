import { getRunningLoop, RuntimeError } from '@asyncio-ts/core'
import type { Awaitable } from '@asyncio-ts/core'
import { Runner } from '@asyncio-ts/loop'
import type { Main } from '@asyncio-ts/loop'
import { Deadlock } from './deadlock.ts'
import { findLeaks } from './find-leaks.ts'
import { replaceGlobals } from './replace-globals.ts'
import type { ReplaceOptions } from './replace-globals.ts'
import { VirtualLoop } from './virtual-loop.ts'
import type { VirtualLoopOptions } from './virtual-loop.ts'

/** Options of {@link runVirtual}. */
export interface RunVirtualOptions
  extends Omit<VirtualLoopOptions, 'ready' | 'logTimers' | 'nameMain' | 'hostPatienceMs'>, ReplaceOptions {
  /** Fails when main leaves tasks, timers or callbacks behind. */
  leaks?: boolean | undefined
  /** Cancels main when it aborts. */
  signal?: AbortSignal | undefined
}

/**
 * Runs a program in virtual time, on a {@link VirtualLoop} of its own, and cleans up as `run` does.
 *
 * @param main - a coroutine, a function that returns one or a promise, or anything awaitable
 * @param options.autojump - false keeps time still but for {@link advance}
 * @param options.leaks - fails with a LeakError when main leaves something behind
 * @param options.date - makes `Date` tell virtual time: true starts at 0, a date starts there
 * @param options.timers - makes `setTimeout` and `setInterval` wait in virtual time
 * @returns what main returns
 * @throws Deadlock when nothing is left that could go on
 * @throws RuntimeError when a loop is running already
 *
 * @remarks
 * **Cancellation** As `run`.
 * @example
 * import { getRunningLoop } from '@asyncio-ts/core'
 * import { advance, runVirtual } from '@asyncio-ts/testing'
 *
 * await runVirtual(async () => {
 *   await advance(3600)
 *   console.log(getRunningLoop().time())
 * })
 * @extension
 */
export async function runVirtual<T>(main: Main<T>, options: RunVirtualOptions = {}): Promise<T> {
  const { leaks = false, signal, date, timers, ...loopOptions } = options
  const loop = new VirtualLoop({ ...loopOptions, logTimers: true, nameMain: true })
  const runner = new Runner({ loopFactory: () => loop })
  const restore = replaceGlobals(loop, { date, timers })
  let deadlock: Deadlock | null = null
  try {
    const value = await runner.run(main, { signal })
    if (leaks) await findLeaks(loop)
    return value
  } catch (error) {
    if (error instanceof Deadlock) deadlock = error
    throw error
  } finally {
    restore()
    await (deadlock === null ? runner.close() : closeDeadlocked(loop, runner, deadlock))
  }
}

/** Cancels the tasks of a deadlock. Those that cannot be cancelled have been named in it, and that is enough. */
async function closeDeadlocked(loop: VirtualLoop, runner: Runner, deadlock: Deadlock): Promise<void> {
  const named = new Set<unknown>(deadlock.tasks.map(({ task }) => task))
  const handler = loop.getExceptionHandler()
  loop.setExceptionHandler((_loop, context) => {
    if (handler !== null) handler(loop, context)
    else if (context.exception !== undefined || !named.has(context.task)) loop.defaultExceptionHandler(context)
  })
  await runner.close().catch((error: unknown) => {
    if (!(error instanceof Deadlock)) throw error
  })
}

/**
 * Lets virtual time go on by `seconds`, deadline by deadline: see {@link VirtualLoop.advance}.
 *
 * @throws RuntimeError when the running loop has no virtual time
 */
export function advance(seconds: number): Awaitable<void> {
  return runningVirtualLoop('advance').advance(seconds)
}

/**
 * The virtual time, in seconds.
 *
 * @throws RuntimeError when the running loop has no virtual time
 */
export function now(): number {
  return runningVirtualLoop('now').time()
}

/** The running loop, which has to be a virtual one. */
export function runningVirtualLoop(caller: string): VirtualLoop {
  const loop = getRunningLoop()
  if (loop instanceof VirtualLoop) return loop
  throw new RuntimeError(`${caller}() is for programs in virtual time: run them with runVirtual().`)
}
