import { coroutine, getRunningLoop, LookupError, ProcessLookupError, ValueError } from '@asyncio-ts/core'
import { DEVNULL, ownOptions, PIPE, reprOf, waitWithin } from '@asyncio-ts/core/primitives'
import type { Coroutine, CoroutineObject, FutureLike } from '@asyncio-ts/core'
import type { Future } from '@asyncio-ts/core'
import { Collector, TooMuchOutput } from './collector.ts'
import { createSubprocessExec } from './create-subprocess.ts'
import type { ProcessOptions } from './create-subprocess.ts'
import { CalledProcessError, OutputLimitError, TimeoutExpired } from './errors.ts'
import type { Output } from './errors.ts'
import { feedInput } from './feed-input.ts'
import type { Process } from './process.ts'

/** How {@link runProcess} runs a program. */
export interface RunProcessOptions extends ProcessOptions {
  /** What the program reads. */
  input?: Uint8Array | string | undefined
  /** Throws a CalledProcessError unless the program returns 0. */
  check?: boolean | undefined
  /** In seconds: how long it may take, until everybody who holds its outputs has closed them. */
  timeout?: number | undefined
  /** How much it may print, to each of its outputs; any amount when absent. */
  maxOutputBytes?: number | undefined
  /** Returns what it printed as text, in UTF-8. */
  text?: boolean | undefined
  /** Returns what it printed as text, in this encoding. */
  encoding?: string | undefined
}

/** Options that ask for text. */
export type TextOptions = RunProcessOptions & ({ readonly text: true } | { readonly encoding: string })

/** What a program has done. */
export interface CompletedProcess<O extends Output = Uint8Array> {
  readonly returncode: number
  /** `null` where `stdout` was sent elsewhere. */
  readonly stdout: O | null
  /** `null` where `stderr` was sent elsewhere. */
  readonly stderr: O | null
}

/**
 * Runs a program to its end, and returns what it printed.
 *
 * Both outputs are read unless the options send them elsewhere; without `input` the program reads nothing. When it is
 * not run to its end, it is killed and waited for; with `startNewSession` everything that it has started is killed too.
 *
 * @param program - looked for in the PATH when it has no slash
 * @param args - the arguments, one string each
 * @param options.timeout - in seconds
 * @throws CalledProcessError when it does not return 0, and `check` was asked for; it holds what was printed
 * @throws TimeoutExpired, which is a TimeoutError, when it took longer than `timeout`; it holds what was printed so far
 * @throws OutputLimitError when it printed more than `maxOutputBytes`
 * @throws FileNotFoundError and the like when it cannot be started
 * @remarks
 * **Cancellation** The program is killed. So it is when `signal` aborts, before the start or later: then the call throws
 * a CancelledError whose `cause` is the signal's reason.
 *
 * **Differences from CPython** It stands for `subprocess.run`. In text newlines stay as they are, and what cannot be
 * decoded becomes U+FFFD.
 * @example
 * import { run } from '@asyncio-ts/loop'
 * import { runProcess } from '@asyncio-ts/subprocess'
 *
 * await run(async () => {
 *   const { stdout } = await runProcess('sort', [], { input: 'b\na\n', text: true, check: true, timeout: 5 })
 *   console.log(stdout)
 * })
 * @see https://docs.python.org/3/library/subprocess.html#subprocess.run
 * @extension
 */
export function runProcess(
  program: string,
  args: readonly string[],
  options: TextOptions,
): CoroutineObject<CompletedProcess<string>>
export function runProcess(
  program: string,
  args?: readonly string[],
  options?: RunProcessOptions & { readonly text?: false | undefined; readonly encoding?: undefined },
): CoroutineObject<CompletedProcess>
export function runProcess(
  program: string,
  args?: readonly string[],
  options?: RunProcessOptions,
): CoroutineObject<CompletedProcess<Output>>
export function runProcess(
  program: string,
  args: readonly string[] = [],
  options: RunProcessOptions = {},
): CoroutineObject<CompletedProcess<Output>> {
  if (!Array.isArray(args)) {
    throw new TypeError(`The arguments of a program are an array such as ['-l', '/'], got ${reprOf(args)}.`)
  }
  const own = ownOptions(options)
  checkNumber('timeout', 'seconds', own.timeout)
  checkNumber('maxOutputBytes', 'bytes', own.maxOutputBytes)
  return start({ program, args, options: own, decode: decoder(own) })
}

type Decode = (bytes: Uint8Array | null) => Output | null

interface Run {
  readonly program: string
  readonly args: readonly string[]
  readonly options: RunProcessOptions
  readonly decode: Decode
}

function checkNumber(name: string, unit: string, value: number | undefined): void {
  if (value === undefined || (typeof value === 'number' && value >= 0)) return
  throw new TypeError(`${name} is a number of ${unit}, got ${reprOf(value)}.`)
}

/** @throws LookupError if the encoding is unknown */
function decoder({ text, encoding, input }: RunProcessOptions): Decode {
  if (text !== true && encoding === undefined) return (bytes) => bytes
  const label = encoding ?? 'utf-8'
  let host: TextDecoder
  try {
    host = new TextDecoder(label, { ignoreBOM: true })
  } catch (cause) {
    throw new LookupError(`unknown encoding: ${label}`, { cause })
  }
  if (typeof input === 'string' && host.encoding !== 'utf-8') {
    throw new ValueError('A string is sent in UTF-8. Give the input as bytes where the encoding is another one.')
  }
  return (bytes) => (bytes === null ? null : host.decode(bytes))
}

const start = coroutine(function* runProcess({
  program,
  args,
  options: { input, check, timeout, maxOutputBytes, text: _text, encoding: _encoding, ...options },
  decode,
}: Run): Coroutine<CompletedProcess<Output>> {
  const stdin = input === undefined ? DEVNULL : PIPE
  const process = yield* createSubprocessExec(program, ...args, { stdin, stdout: PIPE, stderr: PIPE, ...options })
  const outputs = [process.stdout, process.stderr].map((each) => new Collector(each, maxOutputBytes ?? Infinity))
  const printed = (): { stdout: Output | null; stderr: Output | null } => {
    const [stdout = null, stderr = null] = outputs.map((output) => decode(output.bytes()))
    return { stdout, stderr }
  }
  const loop = getRunningLoop()
  const tasks: FutureLike<unknown>[] = outputs.map((output) => loop.createTask(output.collect()))
  tasks.push(loop.createTask(process.wait()))
  if (process.stdin !== null) tasks.push(loop.createTask(feedInput(process.stdin, input)))
  const ended = allDone(loop.createFuture<boolean>() as Future<boolean>, tasks)
  const timer =
    timeout === undefined ? null : loop.callLater(timeout, () => void (ended.done() || ended.setResult(false)))
  let isInTime = false
  try {
    isInTime = yield* waitWithin(ended, { signal: options.signal })
  } catch (error) {
    if (error instanceof TooMuchOutput) {
      throw new OutputLimitError([program, ...args], maxOutputBytes ?? Infinity, printed())
    }
    throw error
  } finally {
    timer?.cancel()
    if (!isInTime) yield* abandon(process, tasks, options.startNewSession === true)
  }
  if (!isInTime) throw new TimeoutExpired([program, ...args], timeout ?? Infinity, printed())
  const completed = { returncode: process.returncode ?? 0, ...printed() }
  if (check === true && completed.returncode !== 0) throw new CalledProcessError([program, ...args], completed)
  return completed
})

/** Settles a future when all tasks have returned, or one has failed. */
function allDone(ended: Future<boolean>, tasks: readonly FutureLike<unknown>[]): Future<boolean> {
  let left = tasks.length
  for (const task of tasks) {
    task.addDoneCallback(() => {
      const error = task.cancelled() ? null : task.exception()
      left -= 1
      if (ended.done()) return
      if (error !== null) ended.setException(error as Error)
      else if (left === 0) ended.setResult(true)
    })
  }
  return ended
}

/** Kills a program, waits for its end, and closes its pipes, even if others hold them. */
function* abandon(process: Process, tasks: readonly FutureLike<unknown>[], isGroup: boolean): Coroutine<void> {
  for (const task of tasks) task.cancel()
  if (isGroup) killGroup(process)
  yield* process[Symbol.asyncDispose]()
  for (const task of tasks) {
    const ended = getRunningLoop().createFuture<void>()
    task.addDoneCallback(() => ended.done() || ended.setResult())
    yield* ended
  }
}

/** Those that the child has left behind may live although it has ended. */
function killGroup(process: Process): void {
  try {
    process.kill({ group: true })
  } catch (error) {
    if (!(error instanceof ProcessLookupError)) throw error
  }
}
