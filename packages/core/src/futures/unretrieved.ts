/**
 * Makes sure that no error is lost silently: a future that failed, and whose error was never retrieved,
 * is reported when the collector takes it, or when the process ends.
 */
import { atExit } from '../host/at-exit.ts'
import type { ExceptionContext } from '../contract/exception-context.ts'
import type { KernelFuture, KernelLoop } from '../contract/kernel.ts'
import { defaultHost } from '../host/host.ts'
import { originOf } from '../origins.ts'

/** What can be reported once the future itself is gone. It may not refer to the future. */
export interface Unretrieved {
  loop: KernelLoop
  kind: string
  label: string
  error: unknown
  future: WeakRef<KernelFuture>
  /** Where the future was made: known in debug mode only. */
  source: string | undefined
}

const pending = new Set<Unretrieved>()
const registry = new FinalizationRegistry<Unretrieved>(report)

function report(entry: Unretrieved): void {
  if (!pending.delete(entry)) return
  const future = entry.future.deref() ?? `<${entry.label}>`
  const context: ExceptionContext = {
    message: `${entry.kind} exception was never retrieved`,
    exception: entry.error,
    future,
    ...(entry.source !== undefined && { sourceTraceback: entry.source }),
  }
  entry.loop.callExceptionHandler(context)
}

function reportAll(): void {
  for (const entry of [...pending]) report(entry)
}

const MAX_CAUSES = 8
let justFailed: Unretrieved[] = []

/**
 * Reads the stacks of errors that were not retrieved at once.
 *
 * Until its stack is first read, an error keeps the frames it was thrown through alive, and in them the very task
 * whose collection is waited for. Most errors are retrieved in the next turn: theirs need not be read.
 */
function readStacks(): void {
  const entries = justFailed
  justFailed = []
  for (const entry of entries) {
    if (pending.has(entry)) readStack(entry.error)
  }
}

function readStack(failure: unknown): void {
  try {
    let error = failure
    for (let i = 0; i < MAX_CAUSES && error instanceof Error; i++) {
      void error.stack
      error = error.cause
    }
    // Swallowed: a revoked proxy cannot be looked at, and keeps no frames
  } catch {
    return
  }
}

/** Begins to watch a future that has just failed; hand the result to {@link markRetrieved} when its error is taken. */
export function watchUnretrieved(future: KernelFuture, kind: string, label: string, error: unknown): Unretrieved {
  const { _loop: loop } = future
  const source = loop._debug ? originOf(future) : undefined
  const entry: Unretrieved = { loop, kind, label, error, future: new WeakRef(future), source }
  pending.add(entry)
  registry.register(future, entry, entry)
  atExit(reportAll)
  if (justFailed.push(entry) === 1) defaultHost().defer(readStacks)
  return entry
}

export function markRetrieved(entry: Unretrieved): void {
  pending.delete(entry)
  registry.unregister(entry)
}
