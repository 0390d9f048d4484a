import type { Awaitable, ExceptionContext } from '@asyncio-ts/core'
import type { Wait } from './spellings.ts'

/** What `act` throws; fails when it throws nothing. */
export function thrownBy(act: () => unknown): Error & { code?: string; cause?: unknown } {
  try {
    act()
  } catch (error) {
    return error as Error
  }
  throw new Error('nothing was thrown')
}

/** The error that a wait ends with, or `null`. */
export function* errorOf(wait: Wait, awaitable: Awaitable<unknown>): Generator<never, Error | null, unknown> {
  try {
    yield* wait(awaitable)
    return null
  } catch (error) {
    return error as Error
  }
}

/** Waits for an awaitable that has to fail, and returns its error. */
export function* failureOf(wait: Wait, awaitable: Awaitable<unknown>): Generator<never, Error, unknown> {
  const error = yield* errorOf(wait, awaitable)
  if (error === null) throw new Error('nothing was thrown')
  return error
}

/** Collects what the exception handler of `loop` receives. */
export function collectErrors(loop: { setExceptionHandler(handler: unknown): void }): ExceptionContext[] {
  const contexts: ExceptionContext[] = []
  loop.setExceptionHandler((_loop: unknown, context: ExceptionContext) => contexts.push(context))
  return contexts
}
