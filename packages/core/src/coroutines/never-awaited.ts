import { atExit } from '../host/at-exit.ts'
import type { ExceptionContext } from '../contract/exception-context.ts'
import { reportException } from '../errors/exception-report.ts'
import { stackOf } from '../origins.ts'
import { runtime } from '../runtime.ts'

/** What can be reported once the coroutine itself is gone. It may not refer to it. */
interface Origin {
  name: string
  stack: string
}

const watched = new WeakMap<object, Origin>()
const pending = new Set<Origin>()
const registry = new FinalizationRegistry<Origin>(report)

function report(origin: Origin): void {
  if (!pending.delete(origin)) return
  const context: ExceptionContext = {
    message: `coroutine '${origin.name}' was never awaited`,
    sourceTraceback: origin.stack,
  }
  const loop = runtime.running ?? runtime.current ?? runtime.ambient
  if (loop === null) reportException(context)
  else loop.callExceptionHandler(context)
}

function reportAll(): void {
  for (const origin of [...pending]) report(origin)
}

/**
 * In debug mode, reports a coroutine object that was never awaited, and where it was made: when it is collected, or
 * when the process ends.
 */
export function watchNeverAwaited(coroutine: object, name: string): void {
  const origin = { name, stack: stackOf() }
  watched.set(coroutine, origin)
  pending.add(origin)
  registry.register(coroutine, origin, coroutine)
  atExit(reportAll)
}

/** Ends the watch: the coroutine has been awaited or closed. */
export function noteAwaited(coroutine: object): void {
  const origin = watched.get(coroutine)
  if (origin === undefined) return
  watched.delete(coroutine)
  pending.delete(origin)
  registry.unregister(coroutine)
}
