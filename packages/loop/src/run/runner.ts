import { allTasks, copyContext, Future, isCancelled, RuntimeError, setEventLoop } from '@asyncio-ts/core'
import { defaultHost, isInterruption, isLeftover, reprOf, runningLoop } from '@asyncio-ts/core/primitives'
import type { Context, ContextLike, Task } from '@asyncio-ts/core'
import { EventLoop } from '../event-loop/event-loop.ts'
import { exitWhenUncaught } from './exit-when-uncaught.ts'
import { Interrupt } from './interrupt.ts'
import type { InterruptSignal } from './interrupt.ts'
import { taskOf } from '../event-loop/task-of.ts'
import type { Main } from '../event-loop/task-of.ts'

/** How long a runner waits for the calls of the default executor, as CPython's does. */
const EXECUTOR_SECONDS = 300

/** Options of {@link Runner}. */
export interface RunnerOptions {
  /** Turns the loop's debug mode on or off; as the environment says when absent. */
  debug?: boolean | undefined
  /** Makes the loop. */
  loopFactory?: (() => EventLoop) | undefined
  /** Ends on SIGTERM as on SIGINT, with exit code 143. */
  handleSigterm?: boolean | undefined
}

/** Options of {@link Runner.run}. */
export interface RunOptions {
  /** The context to run in; one that all the runs share when absent. */
  context?: ContextLike | undefined
  /** Cancels the main task when it aborts. */
  signal?: AbortSignal | undefined
}

/**
 * Runs several main functions on one loop, one after the other, and cleans up when it is closed.
 *
 * @remarks
 * **Differences from CPython** `run` and `close` return promises; `await using` closes it.
 * @example
 * import { Runner } from '@asyncio-ts/loop'
 *
 * const runner = new Runner()
 * try {
 *   console.log(await runner.run(async () => 'first'))
 *   console.log(await runner.run(async () => 'second'))
 * } finally {
 *   await runner.close()
 * }
 * @see https://docs.python.org/3/library/asyncio-runner.html#asyncio.Runner
 */
export class Runner implements AsyncDisposable {
  readonly #options: RunnerOptions
  #state: 'created' | 'initialized' | 'closed' = 'created'
  #loop: EventLoop | null = null
  #context: Context | null = null
  #setEventLoop = false
  #closing: Promise<void> | null = null

  constructor(options: RunnerOptions = {}) {
    this.#options = options
  }

  /**
   * The loop, made at the first call.
   *
   * @throws RuntimeError when the runner is closed
   * @throws TypeError when the factory returns no loop
   */
  getLoop(): EventLoop {
    if (this.#state === 'closed') throw new RuntimeError('Runner is closed: make a new one.')
    if (this.#state === 'created') this.#initialize()
    return this.#loop!
  }

  /**
   * Runs `main` to its end and returns its result.
   *
   * @param main - a coroutine, a function that returns one or a promise, or anything awaitable
   * @throws TypeError when `main` is nothing that could be awaited
   * @throws RuntimeError when the runner is closed, or a loop is running
   * @throws KeyboardInterrupt when the user pressed Ctrl-C and main ended because of it
   * @throws SystemExit when a task or a callback threw it; uncaught, it ends the process with its exit code
   *
   * @remarks
   * **Cancellation** The first SIGINT cancels main, whose `finally` blocks run; the second ends the process.
   * @see https://docs.python.org/3/library/asyncio-runner.html#asyncio.Runner.run
   */
  async run<T>(main: Main<T>, options?: RunOptions): Promise<T> {
    if (runningLoop() !== null) {
      throw new RuntimeError('Runner.run() cannot be called from a running event loop: await main where you are.')
    }
    const loop = this.getLoop()
    const context = options?.context ?? this.#context!
    const task = taskOf(loop, main, { context, signal: options?.signal })
    const interrupt = new Interrupt(loop, task, this.#signals())
    try {
      return await loop.runUntilComplete(task)
    } catch (error) {
      if (isInterruption(error) && 'exitCode' in error) exitWhenUncaught(error, error.exitCode)
      throw isCancelled(error) ? (interrupt.error() ?? error) : error
    } finally {
      interrupt.release()
    }
  }

  /**
   * Cancels what is left, waits for its end, and closes the loop. Closing twice does nothing.
   *
   * @throws RuntimeError while a loop is running: its own, or another one
   *
   * @remarks
   * **Cancellation** A SIGINT ends the process at once.
   * @see https://docs.python.org/3/library/asyncio-runner.html#asyncio.Runner.close
   */
  close(): Promise<void> {
    if (this.#state === 'created') return Promise.resolve()
    if (this.#closing === null && runningLoop() !== null) {
      const message = 'A Runner cannot be closed while a loop is running: close it when run() has ended.'
      return Promise.reject(new RuntimeError(message))
    }
    return (this.#closing ??= this.#close(this.#loop!))
  }

  async #close(loop: EventLoop): Promise<void> {
    this.#state = 'closed'
    const interrupt = new Interrupt(loop, null, this.#signals())
    try {
      await cancelAll(loop)
      await loop.runUntilComplete(loop.shutdownAsyncgens())
      await loop.runUntilComplete(loop.shutdownDefaultExecutor(EXECUTOR_SECONDS))
    } finally {
      interrupt.release()
      if (this.#setEventLoop) setEventLoop(null)
      loop.close()
      this.#loop = null
    }
  }

  #signals(): readonly InterruptSignal[] {
    return this.#options.handleSigterm === true ? ['SIGINT', 'SIGTERM'] : ['SIGINT']
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  #initialize(): void {
    const { loopFactory, debug } = this.#options
    this.#loop = loopFactory === undefined ? new EventLoop() : checkLoop(loopFactory())
    if (loopFactory === undefined) {
      setEventLoop(this.#loop)
      this.#setEventLoop = true
    }
    if (debug !== undefined) this.#loop.setDebug(debug)
    this.#context = copyContext()
    this.#state = 'initialized'
  }
}

function checkLoop(made: unknown): EventLoop {
  if (typeof (made as Partial<EventLoop> | null)?.runUntilComplete === 'function') return made as EventLoop
  throw new TypeError(`loopFactory returned ${reprOf(made)}: return an EventLoop, or an object like it.`)
}

/**
 * Cancels every task and waits for its end. A task may leave waits behind when it ends: they are waited for as well.
 */
async function cancelAll(loop: EventLoop): Promise<void> {
  const seen = new Set<Task>()
  await settled()
  for (let tasks = [...allTasks(loop)]; tasks.length > 0; tasks = leftoverTasks(loop, seen)) {
    const isFirstRound = seen.size === 0
    for (const task of tasks) {
      seen.add(task)
      // What a cancelled task left behind has been told with it, and may be in the middle of its cleanup.
      if (isFirstRound || task.cancelling() === 0) task.cancel()
    }
    await allDone(loop, tasks)
    await settled()
  }
}

/** Lets every microtask run, without a turn: an async function that goes on may be about to wait, and so to be seen. */
function settled(): Promise<void> {
  const host = defaultHost()
  return new Promise((resolve) => (host.afterMicrotasks ?? host.defer)(resolve))
}

function leftoverTasks(loop: EventLoop, seen: ReadonlySet<Task>): Task[] {
  return [...allTasks(loop)].filter((task) => isLeftover(task) && !seen.has(task))
}

async function allDone(loop: EventLoop, tasks: readonly Task[]): Promise<void> {
  const done = new Future<void>({ loop })
  let left = tasks.length
  for (const task of tasks) {
    task.addDoneCallback(() => {
      if (--left === 0) done.setResult()
    })
  }
  await loop.runUntilComplete(done)
  for (const task of tasks) {
    if (task.cancelled()) continue
    const exception = task.exception()
    if (exception === null) continue
    loop.callExceptionHandler({ message: 'unhandled exception during asyncio.run() shutdown', exception, task })
  }
}
