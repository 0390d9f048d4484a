import { CancelledError, coroutine, FileNotFoundError, getRunningLoop, RuntimeError } from '@asyncio-ts/core'
import { ownOptions, refuseAborted, reprOf, splitOptions } from '@asyncio-ts/core/primitives'
import type {
  ChildTransport,
  Coroutine,
  CoroutineObject,
  SubprocessLoop,
  SubprocessOptions,
  SubprocessTransport,
} from '@asyncio-ts/core'
import type { KernelLoop } from '@asyncio-ts/core/primitives'
import { ProcessProtocol } from './process-protocol.ts'
import { Process } from './process.ts'

/** How a child process is started. By default it shares the standard streams of the parent. */
export interface ProcessOptions extends SubprocessOptions {
  /** The limit of the readers, in bytes; 64 KiB when absent. */
  limit?: number | undefined
  /** Kills the child when it aborts. */
  signal?: AbortSignal | undefined
}

type Loop = KernelLoop & SubprocessLoop

function subprocessLoop(name: string): Loop {
  const loop = getRunningLoop()
  if (typeof (loop as Partial<SubprocessLoop>).subprocessExec !== 'function') {
    throw new RuntimeError(`${name}() needs a loop with processes: call it inside run(main) of @asyncio-ts/loop.`)
  }
  return loop as Loop
}

type Start = (
  factory: () => ProcessProtocol,
  options: SubprocessOptions,
) => ReturnType<SubprocessLoop['subprocessShell']>

const create = coroutine(function* (loop: Loop, start: Start, options: ProcessOptions): Coroutine<Process> {
  const { limit, signal, ...rest } = options
  const inherited = { stdin: null, stdout: null, stderr: null }
  refuseAborted({ signal })
  const protocol = new ProcessProtocol(loop, limit)
  const [transport] = yield* start(() => protocol, { ...inherited, ...rest })
  const child = asChild(transport)
  const process = new Process(child, protocol, loop, options.startNewSession === true)
  if (signal === undefined) return process
  if (signal.aborted) {
    yield* process[Symbol.asyncDispose]()
    throw new CancelledError('The start was aborted.', { cause: signal.reason })
  }
  killOnAbort(process, child, signal)
  return process
})

/** @throws TypeError when the loop's transports do not know of the exit by themselves */
function asChild(transport: SubprocessTransport): ChildTransport {
  const isChild = (each: SubprocessTransport): each is ChildTransport => 'whenExited' in each && 'wait' in each
  if (isChild(transport)) return transport
  throw new TypeError('This loop makes transports that a Process cannot use. Use the EventLoop of @asyncio-ts/loop.')
}

/** One listener, which goes when the child has gone. */
function killOnAbort(process: Process, child: ChildTransport, signal: AbortSignal): void {
  const kill = (): void => {
    if (process.returncode === null) process.kill()
  }
  signal.addEventListener('abort', kill, { once: true })
  child.whenExited().addDoneCallback(() => signal.removeEventListener('abort', kill))
}

/**
 * Runs a program.
 *
 * @param program - looked for in the PATH of the child's environment when it has no slash
 * @param args - the arguments, and an object of options after them
 * @returns the process, once it has started
 * @throws FileNotFoundError if the program, or the folder to run it in, does not exist
 * @throws PermissionError when it cannot be executed
 * @throws ValueError when an argument holds a null byte
 * @throws RuntimeError outside of `run`
 * @remarks
 * **Cancellation** The child is killed.
 *
 * **Differences from CPython** `signal` kills the child when it aborts; `passFds` become 3, 4 and so on.
 * @example
 * import { run } from '@asyncio-ts/loop'
 * import { createSubprocessExec, PIPE } from '@asyncio-ts/subprocess'
 *
 * await run(async () => {
 *   const process = await createSubprocessExec('echo', 'hello', { stdout: PIPE })
 *   const [stdout] = await process.communicate()
 *   console.log(new TextDecoder().decode(stdout!), process.returncode)
 * })
 * @see https://docs.python.org/3/library/asyncio-subprocess.html#asyncio.create_subprocess_exec
 */
export function createSubprocessExec(
  program: string,
  ...args: readonly string[] | readonly [...string[], ProcessOptions]
): CoroutineObject<Process> {
  const { strings, options = {} } = splitOptions<ProcessOptions>(args)
  const loop = subprocessLoop('createSubprocessExec')
  const own = ownOptions(options)
  const start: Start = (factory, rest) => loop.subprocessExec(factory, program, ...strings, rest)
  return strings.length === 0 && /\s/.test(program)
    ? hinting(program, create(loop, start, own))
    : create(loop, start, own)
}

/** Says what may be meant by a program whose name holds its arguments. */
const hinting = coroutine(function* (program: string, creating: CoroutineObject<Process>): Coroutine<Process> {
  try {
    return yield* creating
  } catch (error) {
    if (error instanceof FileNotFoundError && error.syscall?.startsWith('spawn') === true) {
      const [name, ...args] = program
        .trim()
        .split(/\s+/)
        .map((each) => `'${each}'`)
      error.message +=
        `. The program is named without its arguments: createSubprocessExec(${[name, ...args].join(', ')}), or with the ` +
        `arguments in the array: runProcess(${name}, [${args.join(', ')}]).`
    }
    throw error
  }
})

/**
 * Runs a command line in the shell: see {@link createSubprocessExec}.
 *
 * Quote everything that you put into the command line.
 *
 * @see https://docs.python.org/3/library/asyncio-subprocess.html#asyncio.create_subprocess_shell
 */
export function createSubprocessShell(command: string, options: ProcessOptions = {}): CoroutineObject<Process> {
  if (typeof command !== 'string') throw new TypeError(`cmd must be a string, got ${reprOf(command)}.`)
  const loop = subprocessLoop('createSubprocessShell')
  return create(loop, (factory, rest) => loop.subprocessShell(factory, command, rest), ownOptions(options))
}
