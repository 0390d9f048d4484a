import { coroutine, RuntimeError, ValueError } from '@asyncio-ts/core'
import { newDefaultExecutor, reprOf } from '@asyncio-ts/core/primitives'
import type { Coroutine, CoroutineObject, EventLoop, Executor, FutureLike } from '@asyncio-ts/core'

/** The executor that a loop uses by default, created when first needed. */
export class DefaultExecutor {
  readonly #loop: EventLoop
  #executor: Executor | null = null
  #isShutDown = false

  constructor(loop: EventLoop) {
    this.#loop = loop
  }

  get(): Executor {
    if (this.#isShutDown) {
      throw new RuntimeError('The default executor has been shut down: give runInExecutor() an executor of your own.')
    }
    return (this.#executor ??= newDefaultExecutor())
  }

  set(executor: Executor): void {
    const { submit, shutdown } = (executor ?? {}) as Partial<Executor>
    if (typeof submit !== 'function' || typeof shutdown !== 'function') {
      throw new TypeError(
        `setDefaultExecutor takes an executor, with submit() and shutdown(), got ${reprOf(executor)}.`,
      )
    }
    this.#executor = executor
  }

  shutdown(timeout: number | null = null): CoroutineObject<void> {
    if (timeout !== null && !(timeout >= 0)) {
      throw new ValueError(`The timeout is a number of seconds, zero or more, got ${reprOf(timeout)}.`)
    }
    return shutDown(this.#loop, () => this.#retire(), timeout)
  }

  /** Shuts the executor down without waiting for it, as the loop is closed. */
  abandon(): void {
    const executor = this.#retire()
    this.#executor = null
    if (executor !== null) this.#ignore(executor.shutdown({ wait: false }))
  }

  #retire(): Executor | null {
    this.#isShutDown = true
    return this.#executor
  }

  /** The loop is closed: no caller is left to report a failure to. */
  #ignore(ending: PromiseLike<void>): void {
    ending.then(undefined, (error: unknown) => {
      this.#loop.callExceptionHandler({ message: 'The default executor failed to shut down', exception: error })
    })
  }
}

const shutDown = /* @__PURE__ */ coroutine(function* (
  loop: EventLoop,
  retire: () => Executor | null,
  timeout: number | null,
): Coroutine<void> {
  const executor = retire()
  if (executor === null) return
  const inTime = loop.createFuture<boolean>()
  followShutdown(executor, inTime)
  const timer = timeout === null ? null : loop.callLater(timeout, () => void (inTime.done() || inTime.setResult(false)))
  try {
    if (yield* inTime) return
  } finally {
    timer?.cancel()
  }
  const message = `The default executor did not finish its calls within ${timeout} seconds; they are left to themselves.`
  warn(message, 'RuntimeWarning')
})

function followShutdown(executor: Executor, ended: FutureLike<boolean>): void {
  executor.shutdown({ wait: true }).then(
    () => {
      if (!ended.done()) ended.setResult(true)
    },
    (error: unknown) => {
      if (!ended.done()) ended.setException(error as Error)
    },
  )
}

function warn(message: string, type: string): void {
  const { process } = globalThis as { process?: { emitWarning?: (message: string, type: string) => void } }
  if (process?.emitWarning === undefined) console.warn(`${type}: ${message}`)
  else process.emitWarning(message, type)
}
