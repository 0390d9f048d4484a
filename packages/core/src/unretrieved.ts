/**
 * Sees to it that an error never passes in silence: a future that failed, and whose error nobody asked for,
 * is reported when the collector takes it, or when the process ends.
 */
import { atExit } from './at-exit.ts'
import type { ExceptionContext } from './contract/exception-context.ts'
import type { KernelFuture, KernelLoop } from './contract/kernel.ts'

/** What is left to tell once the future itself is gone. It must not refer to the future. */
export interface Unretrieved {
  loop: KernelLoop
  kind: string
  label: string
  error: unknown
  future: WeakRef<KernelFuture>
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
  }
  entry.loop.callExceptionHandler(context)
}

function reportAll(): void {
  for (const entry of [...pending]) report(entry)
}

/** Begins to watch a future that has just failed; hand the result to {@link markRetrieved} when its error is taken. */
export function watchUnretrieved(future: KernelFuture, kind: string, label: string, error: unknown): Unretrieved {
  const entry: Unretrieved = { loop: future._loop, kind, label, error, future: new WeakRef(future) }
  pending.add(entry)
  registry.register(future, entry, entry)
  atExit(reportAll)
  return entry
}

export function markRetrieved(entry: Unretrieved): void {
  pending.delete(entry)
  registry.unregister(entry)
}
