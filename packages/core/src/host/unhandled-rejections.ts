/**
 * Keeps the cancels of the library out of the host's unhandled rejections.
 *
 * A cancel is thrown at every await of a task, in calls that nobody awaits yet as well: their cleanup has to run. Then
 * their promises reject, the engine offers no way to reach those promises, and by default a rejection that nobody
 * handles ends the process. So the host is told, once and from the first cancel on, to pass over these very errors.
 * Every other rejection takes the path it would have taken.
 *
 * - Node calls `process.emit` for each rejection and acts on what it returns. A listener would not do: with one there
 *   the default behaviour is gone, and the listeners of the program would still hear of the cancels.
 * - Deno and browsers dispatch an event that can be stopped.
 * - Bun has a listener for this that hands everything else back. Listeners of the program hear of the cancels, too.
 */
import { CancelledError, isCancelled } from '../errors/errors.ts'
import { isAbortByCancel } from '../errors/is-abort-by-cancel.ts'
import { runtime } from '../runtime.ts'

const UNHANDLED = 'unhandledRejection'

type Emit = (this: unknown, event: string | symbol, ...args: unknown[]) => boolean

interface HostProcess {
  emit?: Emit
  execArgv?: string[]
  env?: Record<string, string | undefined>
  versions?: { bun?: string; node?: string }
  listeners(event: string): unknown[]
  prependListener(event: string, listener: (reason: unknown) => void): unknown
  removeListener(event: string, listener: (reason: unknown) => void): unknown
}

interface RejectionEvent {
  readonly reason: unknown
  preventDefault(): void
  stopImmediatePropagation(): void
}

interface EngineScope {
  process?: HostProcess
  Deno?: unknown
  addEventListener?: (type: string, listener: (event: RejectionEvent) => void, options: { capture: boolean }) => void
  setTimeout: (callback: () => void, delayMs: number) => unknown
}

const engine = globalThis as unknown as EngineScope

/**
 * Notes that the library throws `error`, when that is a CancelledError, at an await of an async function.
 *
 * @param isInTask - whether the await belongs to a task
 */
export function noteThrown(error: unknown, isInTask: boolean): void {
  if (!isCancelled(error)) return
  if (runtime.thrown === null) {
    runtime.thrown = new WeakMap()
    passOverCancels()
  }
  runtime.thrown.set(error, isInTask)
}

/**
 * Returns the error to end a program with: a cancel that comes out of it must not pass in silence, so it becomes an
 * error of its own.
 */
export function surfaceCancel(error: unknown): unknown {
  if (!isCancelled(error) || runtime.thrown?.has(error) !== true) return error
  const { message, cause } = error
  return new CancelledError(message, cause === undefined ? undefined : { cause })
}

/** Whether a rejection is that of a cancel; `undefined` when it is not, and else whether a task awaited. */
function cancelIn(reason: unknown): boolean | undefined {
  if (typeof reason !== 'object' || reason === null) return undefined
  return runtime.thrown!.get(isAbortByCancel(reason, false) ? ((reason as Error).cause as object) : reason)
}

function passOverCancels(): void {
  const { process } = engine
  if (process?.versions?.bun !== undefined) listenOnBun(process)
  else if (engine.Deno === undefined && typeof process?.emit === 'function') interceptEmit(process)
  else engine.addEventListener?.('unhandledrejection', stopCancel, { capture: true })
}

function stopCancel(event: RejectionEvent): void {
  if (cancelIn(event.reason) === undefined) return
  event.preventDefault()
  event.stopImmediatePropagation()
}

function interceptEmit(process: HostProcess): void {
  const emit = process.emit!
  const mode = unhandledMode(process)
  const silenced: string[] = []
  process.emit = function (event, ...args) {
    const [reason, origin] = args
    if (event === UNHANDLED && cancelIn(reason) !== undefined) {
      // Two warnings follow: of the rejection, and of what it means.
      if (mode === 'warn') silenced.push(String((reason as Error).stack), String((reason as Error).stack))
      return true
    }
    // In this mode a rejection is an uncaught exception first.
    if (mode === 'strict' && origin === UNHANDLED && /^uncaughtException/.test(String(event)) && cancelIn(reason)) {
      return true
    }
    if (event === 'warning' && silenced.length > 0 && isSilenced(silenced, reason)) return true
    return emit.call(this, event, ...args)
  }
}

function isSilenced(silenced: string[], warning: unknown): boolean {
  const { name, message, stack } = warning as Error
  if (name !== 'UnhandledPromiseRejectionWarning') return false
  const index = silenced.findIndex((text) => text === message || text === stack)
  if (index >= 0) silenced.splice(index, 1)
  return index >= 0
}

/** What Node was told to do about unhandled rejections; the last word counts, and `throw` is the default. */
function unhandledMode({ execArgv = [], env }: HostProcess): string {
  const words = [...(env?.['NODE_OPTIONS'] ?? '').split(/\s+/), ...execArgv]
  let mode = 'throw'
  for (const [index, word] of words.entries()) {
    const [, value] = /^--unhandled[-_]rejections(?:=(.*))?$/.exec(word) ?? []
    if (value !== undefined) mode = value
    else if (/^--unhandled[-_]rejections$/.test(word)) mode = words[index + 1] ?? mode
  }
  return mode
}

function listenOnBun(process: HostProcess): void {
  function handBack(reason: unknown): void {
    if (cancelIn(reason) !== undefined || process.listeners(UNHANDLED).some((listener) => listener !== handBack)) return
    process.removeListener(UNHANDLED, handBack)
    void Promise.reject(reason)
    engine.setTimeout(() => process.prependListener(UNHANDLED, handBack), 0)
  }
  process.prependListener(UNHANDLED, handBack)
}
