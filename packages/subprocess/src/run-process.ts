import { coroutine, getRunningLoop, TimeoutError } from '@asyncio-ts/core'
import { reprOf } from '@asyncio-ts/core/primitives'
import type { Coroutine, CoroutineObject } from '@asyncio-ts/core'
import { CalledProcessError } from './errors.ts'
import { DEVNULL, PIPE } from './constants.ts'
import { createSubprocessExec } from './create-subprocess.ts'
import type { ProcessOptions } from './create-subprocess.ts'

/** How {@link runProcess} runs a program. */
export interface RunProcessOptions extends ProcessOptions {
  /** What the program reads. */
  input?: Uint8Array | string | undefined
  /** Throws a CalledProcessError unless the program returns 0. */
  check?: boolean | undefined
  /** In seconds: how long it may take. */
  timeout?: number | undefined
}

/** What a program has done. */
export interface CompletedProcess {
  readonly returncode: number
  /** `null` where `stdout` was sent elsewhere. */
  readonly stdout: Uint8Array | null
  /** `null` where `stderr` was sent elsewhere. */
  readonly stderr: Uint8Array | null
}

/**
 * Runs a program to its end, and returns what it printed.
 *
 * Both outputs are read unless the options send them elsewhere; without `input` the program reads nothing.
 *
 * @param program - looked for in the PATH when it has no slash
 * @param args - the arguments
 * @throws CalledProcessError when it does not return 0, and `check` was asked for; it holds what was printed
 * @throws TimeoutError when it took longer than `timeout`; it has been killed
 * @throws FileNotFoundError and the like when it cannot be started
 *
 * **Cancellation** The program is killed.
 * @example
 * import { run } from '@asyncio-ts/loop'
 * import { runProcess } from '@asyncio-ts/subprocess'
 *
 * await run(async () => {
 *   const { stdout } = await runProcess('sort', [], { input: 'b\na\n', check: true, timeout: 5 })
 *   console.log(new TextDecoder().decode(stdout!))
 * })
 * @see https://docs.python.org/3/library/subprocess.html#subprocess.run
 * @extension
 */
export function runProcess(
  program: string,
  args: readonly string[] = [],
  options: RunProcessOptions = {},
): CoroutineObject<CompletedProcess> {
  if (!Array.isArray(args)) throw new TypeError(`The arguments of a program are an array, got ${reprOf(args)}.`)
  const { timeout } = options
  if (timeout !== undefined && !(typeof timeout === 'number' && timeout >= 0)) {
    throw new TypeError(`timeout is a number of seconds, got ${reprOf(timeout)}.`)
  }
  return start(program, args, options)
}

const start = coroutine(function* runProcess(
  program: string,
  args: readonly string[],
  { input, check, timeout, ...options }: RunProcessOptions,
): Coroutine<CompletedProcess> {
  const stdin = input === undefined ? DEVNULL : PIPE
  const process = yield* createSubprocessExec(program, ...args, { stdin, stdout: PIPE, stderr: PIPE, ...options })
  let isTooLate = false
  const kill = (): void => {
    isTooLate = true
    if (process.returncode === null) process.kill()
  }
  const timer = timeout === undefined ? null : getRunningLoop().callLater(timeout, kill)
  try {
    const [stdout, stderr] = yield* process.communicate(input)
    const returncode = process.returncode!
    if (isTooLate) throw new TimeoutError(`${program} took longer than ${timeout} seconds and was killed.`)
    const completed = { returncode, stdout, stderr }
    if (check === true && returncode !== 0) throw new CalledProcessError([program, ...args], completed)
    return completed
  } finally {
    timer?.cancel()
    if (process.returncode === null) yield* process[Symbol.asyncDispose]()
  }
})
