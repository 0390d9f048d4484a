import type { Clock } from '../contract/clock.ts'
import type { ContextLike } from '../contract/context.ts'
import type { CoroutineLike } from '../contract/coroutine.ts'
import type { EventLoop, TaskFactory, TaskOptions, WithOptions } from '../contract/event-loop.ts'
import type { ExceptionContext, ExceptionHandler } from '../contract/exception-context.ts'
import type { Host } from '../contract/host.ts'
import type { KernelLoop, KernelTask, KernelTimer, ReadyItems, Runnable } from '../contract/kernel.ts'
import { isContext } from '../context/context.ts'
import { RuntimeError, ValueError } from '../errors/errors.ts'
import { reportException } from '../errors/exception-report.ts'
import { Future } from '../futures/future.ts'
import { Handle } from './handle.ts'
import { defaultHost } from '../host/host.ts'
import { isCoroutineFunction } from '../is-coroutine-function.ts'
import { noteOrigin, originOf } from '../origins.ts'
import { Pump } from './pump.ts'
import { functionName, INSPECT, reprOf } from '../repr.ts'
import { runtime } from '../runtime.ts'
import { Scheduler } from './scheduler.ts'
import { Task } from '../tasks/task.ts'
import { TimerHandle } from './timer-handle.ts'

const systemClock: Clock = { now: () => performance.now() / 1000 }

/** What a loop is built on; each part can be replaced, in tests above all. */
export interface BaseEventLoopOptions {
  clock?: Clock | undefined
  host?: Host | undefined
  debug?: boolean | undefined
  /** Holds what is ready, and so decides in which order it runs. */
  ready?: ReadyItems | undefined
}

type Callback = (...args: never[]) => unknown

/**
 * The kernel of every loop: callbacks, timers, tasks and the reporting of errors. It knows no I/O.
 *
 * It turns when {@link turn} is called, by a pump on its host, by a test, or by a subclass.
 *
 * @see https://docs.python.org/3/library/asyncio-eventloop.html
 */
export class BaseEventLoop implements KernelLoop {
  /** The duration in seconds from which debug mode reports a callback as slow. */
  slowCallbackDuration = 0.1
  _firstTask: KernelTask | null = null
  _debug = false
  /** Handed to every future of this loop: made once. */
  readonly _own: { readonly loop: KernelLoop } = { loop: this }
  readonly #scheduler: Scheduler
  protected readonly _pump: Pump
  protected readonly _host: Host
  #closed = false
  #taskFactory: TaskFactory | null = null
  #exceptionHandler: ExceptionHandler | null = null

  constructor(options?: BaseEventLoopOptions) {
    this._host = options?.host ?? defaultHost()
    this.#scheduler = new Scheduler(options?.clock ?? systemClock, options?.ready)
    this._pump = new Pump(this, this.#scheduler, this._host)
    if (options?.debug ?? debugByEnvironment()) this.setDebug(true)
  }

  /**
   * Runs `callback(...args)` in the next turn, after everything that is ready already.
   *
   * @param args - the arguments; an object `{ context }` after them sets the context to run in
   * @throws {@link RuntimeError} when the loop is closed
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.call_soon
   */
  callSoon<A extends unknown[]>(callback: (...args: A) => unknown, ...args: A): Handle
  callSoon<A extends unknown[]>(callback: (...args: A) => unknown, ...args: WithOptions<A>): Handle
  callSoon(callback: Callback, ...args: unknown[]): Handle {
    this.#checkCallback(callback, 'callSoon')
    const context = takeContext(args)
    const handle = new Handle(this, callback, args, context)
    if (this._debug) noteOrigin(handle)
    this._enqueue(handle)
    return handle
  }

  /**
   * Runs `callback(...args)` after `delay`; equal times in the order of the calls.
   *
   * @param delay - in seconds; zero or less means as soon as possible
   * @throws TypeError when `delay` is not a number
   * @throws {@link ValueError} when it is NaN
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.call_later
   */
  callLater<A extends unknown[]>(delay: number, callback: (...args: A) => unknown, ...args: A): TimerHandle
  callLater<A extends unknown[]>(delay: number, callback: (...args: A) => unknown, ...args: WithOptions<A>): TimerHandle
  callLater(delay: number, callback: Callback, ...args: unknown[]): TimerHandle {
    checkSeconds(delay, 'delay')
    return this.#addTimerHandle(this.time() + delay, callback, args)
  }

  /**
   * Runs `callback(...args)` at `when`.
   *
   * @param when - in seconds on the loop's clock, see {@link time}
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.call_at
   */
  callAt<A extends unknown[]>(when: number, callback: (...args: A) => unknown, ...args: A): TimerHandle
  callAt<A extends unknown[]>(when: number, callback: (...args: A) => unknown, ...args: WithOptions<A>): TimerHandle
  callAt(when: number, callback: Callback, ...args: unknown[]): TimerHandle {
    checkSeconds(when, 'when')
    return this.#addTimerHandle(when, callback, args)
  }

  /** The time in seconds on the loop's own monotonic clock. */
  time(): number {
    return this.#scheduler.clock.now()
  }

  createFuture<T = unknown>(): Future<T> {
    return new Future<T>(this._own)
  }

  /**
   * Makes a task, whose first step runs in the next turn.
   *
   * @throws TypeError when `coroutine` is not one: a running promise cannot become a task
   * @throws {@link RuntimeError} when the loop is closed
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.create_task
   */
  createTask<T>(coroutine: CoroutineLike<T>, options?: TaskOptions): Task<T> {
    const own = runtime.calls?.taskOf(coroutine, this, options) as Task<T> | null | undefined
    if (own) return own
    if (this.#taskFactory !== null) return this.#taskFactory(this, coroutine, options) as Task<T>
    return new Task<T>(coroutine, options, this)
  }

  /** Sets what makes this loop's tasks; `null` for the default. */
  setTaskFactory(factory: TaskFactory | null): void {
    if (factory !== null && typeof factory !== 'function') throw new TypeError('A task factory is a function or null.')
    this.#taskFactory = factory
  }

  getTaskFactory(): TaskFactory | null {
    return this.#taskFactory
  }

  /** Sets the handler for errors that no code awaits; `null` prints them. */
  setExceptionHandler(handler: ExceptionHandler | null): void {
    if (handler !== null && typeof handler !== 'function') {
      throw new TypeError(`An exception handler is a function or null, got ${reprOf(handler)}.`)
    }
    this.#exceptionHandler = handler
  }

  getExceptionHandler(): ExceptionHandler | null {
    return this.#exceptionHandler
  }

  /** Prints the error with all that is known about where it came from. */
  defaultExceptionHandler(context: ExceptionContext): void {
    reportException(context)
  }

  /** Hands an error to the exception handler, in the context of the task it came from. Never throws. */
  callExceptionHandler(context: ExceptionContext): void {
    const source = originOf(context.task ?? context.future ?? context.handle)
    const told = source === undefined ? context : { ...context, sourceTraceback: source }
    const handler = this.#exceptionHandler
    try {
      if (handler === null) this.defaultExceptionHandler(told)
      else runHandler(handler, this, told)
    } catch (exception) {
      reportException({ message: 'Unhandled error in exception handler', exception, task: told.task })
      if (handler !== null) reportException(told)
    }
  }

  getDebug(): boolean {
    return this._debug
  }

  /** Turns debug mode on or off: slow callbacks, coroutines never awaited, and where things were made. */
  setDebug(enabled: boolean): void {
    if (enabled === this._debug) return
    this._debug = enabled
    runtime.debugLoops += enabled ? 1 : -1
    this.#scheduler.observer = enabled ? (items, seconds) => this.#reportSlow(items, seconds) : null
  }

  isRunning(): boolean {
    return this._pump.running || runtime.loop === this || runtime.running === this
  }

  isClosed(): boolean {
    return this.#closed
  }

  /**
   * Closes the loop: what is queued is dropped. Closing twice does nothing.
   *
   * @throws {@link RuntimeError} while the loop runs
   */
  close(): void {
    if (this.isRunning()) throw new RuntimeError('Cannot close a running event loop: stop it first.')
    if (this.#closed) return
    this.setDebug(false)
    this.#closed = true
    this.#scheduler.clear()
    this._pump.dropTimer()
    for (let task = this._firstTask; task !== null; task = task._next) {
      this.callExceptionHandler({ message: 'Task was destroyed but it is pending!', task })
    }
  }

  /**
   * Runs exactly one iteration: what is ready and what is due. For code that drives a loop manually.
   *
   * @throws {@link RuntimeError} when the loop is closed, or in the middle of a turn
   */
  turn(): void {
    this._turn()
  }

  /** Makes one turn, and returns whether it let an async function go on: microtasks have to run before the next one. */
  protected _turn(): boolean {
    this._checkClosed()
    const { loop: outer, microtasks, task, context } = runtime
    if (outer === this) throw new RuntimeError('This event loop is already running: it turns again when the turn ends.')
    // Whoever drives a loop may do so in the middle of a step of another one.
    runtime.task = runtime.context = null
    runtime.loop = this
    runtime.epoch++
    runtime.ticks++
    runtime.microtasks = false
    try {
      this.#scheduler.turn(this.time())
      return runtime.microtasks
    } finally {
      runtime.loop = outer
      runtime.task = task
      runtime.context = context
      runtime.microtasks ||= microtasks
    }
  }

  /** The seconds until {@link turn} has something to do: 0 when it has, `null` when nothing is scheduled. */
  nextTimeout(): number | null {
    return this.#scheduler.nextTimeout()
  }

  /** The earliest deadline on the loop's clock, or Infinity. */
  protected _nextWhen(): number {
    return this.#scheduler.timers.nextWhen()
  }

  _enqueue(item: Runnable): void {
    this.#scheduler.ready.push(item)
    if (this._pump.idle) this._pump.wake()
  }

  /** For callbacks of the host that bring I/O; see {@link Pump.beginEvent}. */
  _beginEvent(): boolean {
    return this._pump.beginEvent()
  }

  _endEvent(): void {
    this._pump.endEvent()
  }

  _addTimer(timer: KernelTimer): void {
    this.#scheduler.timers.push(timer)
    this._pump.noteTimer(timer._when)
  }

  _timerCancelled(): void {
    const { timers } = this.#scheduler
    timers.noteCancelled()
    if (timers.live === 0) this._pump.dropTimer()
  }

  /** No caller waits for this loop to end: the error stays with the task. */
  _interrupt(_error: unknown): boolean {
    return false
  }

  _checkClosed(): void {
    if (this.#closed) throw new RuntimeError('Event loop is closed: make a new one.')
  }

  _registerTask(task: KernelTask): void {
    const first = this._firstTask
    task._next = first
    if (first !== null) first._previous = task
    this._firstTask = task
  }

  _unregisterTask(task: KernelTask): void {
    const { _previous: previous, _next: next } = task
    if (previous !== null) previous._next = next
    else if (this._firstTask === task) this._firstTask = next
    if (next !== null) next._previous = previous
    task._previous = task._next = null
  }

  #addTimerHandle(when: number, callback: Callback, args: unknown[]): TimerHandle {
    this.#checkCallback(callback, 'callAt')
    const context = takeContext(args)
    const timer = new TimerHandle(when, this, callback, args, context)
    if (this._debug) noteOrigin(timer)
    this._addTimer(timer)
    return timer
  }

  #checkCallback(callback: unknown, method: string): void {
    this._checkClosed()
    if (typeof callback !== 'function') throw new TypeError(`${method} takes a function, got ${reprOf(callback)}.`)
    if (this._debug && isCoroutineFunction(callback)) {
      throw new TypeError(`coroutines cannot be used with ${method}(): call createTask inside a plain function.`)
    }
  }

  #reportSlow(items: readonly Runnable[], seconds: number): void {
    if (seconds < this.slowCallbackDuration) return
    const slow = items.map((item) => (item as { _task?: Runnable | null })._task ?? item)
    const origin = slow.length === 1 ? originOf(slow[0]) : undefined
    const from = origin === undefined ? '' : `\nCreated at:\n${origin}`
    console.warn(
      `Executing ${slow.map((item) => reprOf(item)).join(' and ')} took ${seconds.toFixed(3)} seconds${from}`,
    )
  }

  toString(): string {
    return `<${functionName(this.constructor)} running=${this.isRunning()} closed=${this.#closed} debug=${this._debug}>`
  }

  [INSPECT](): string {
    return this.toString()
  }
}

function debugByEnvironment(): boolean {
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } }
  const value = process?.env?.['ASYNCIO_DEBUG']
  return value !== undefined && value !== '' && value !== '0'
}

/** Takes the options object off the end of a callback's arguments; `null` when there is none. */
function takeContext(args: unknown[]): ContextLike | null {
  const last = args.at(-1)
  if (typeof last === 'object' && last !== null && isContext((last as { context?: unknown }).context)) {
    args.pop()
    return (last as { context: ContextLike }).context
  }
  return null
}

function checkSeconds(value: number, name: string): void {
  if (typeof value !== 'number') throw new TypeError(`${name} is a number of seconds, got ${reprOf(value)}.`)
  if (Number.isNaN(value)) throw new ValueError(`${name} is NaN: give a number of seconds.`)
}

function runHandler(handler: ExceptionHandler, loop: EventLoop, context: ExceptionContext): void {
  const source = (context.task ?? context.future ?? context.handle) as { getContext?: () => ContextLike } | undefined
  const outer = runtime.context
  if (typeof source?.getContext === 'function') runtime.context = source.getContext()
  try {
    handler(loop, context)
  } finally {
    runtime.context = outer
  }
}

function newAmbientLoop(): KernelLoop {
  const loop = new AmbientLoop()
  loop.start()
  return loop
}

/** The loop of code outside `run`: it turns whenever something is queued, and is never closed. */
class AmbientLoop extends BaseEventLoop {
  start(): void {
    this._pump.start(null)
  }

  override close(): void {
    throw new RuntimeError('The ambient event loop belongs to the process and cannot be closed.')
  }
}

runtime.newAmbientLoop ??= newAmbientLoop
