import { hostProcess } from '../host-process.ts'

const exitCodes = new WeakMap<object, number>()

/** How many of the errors are still there: with none left nobody can throw one, and the listener goes. */
let errors = 0

const collected = new FinalizationRegistry<undefined>(() => {
  if (--errors === 0) hostProcess()!.off('uncaughtExceptionMonitor', onUncaught)
})

function onUncaught(error: unknown): void {
  const code = typeof error === 'object' && error !== null ? exitCodes.get(error) : undefined
  const process = hostProcess()!
  if (code === undefined || process.listenerCount('uncaughtException') > 0) return
  if (process.hasUncaughtExceptionCaptureCallback?.() === true) return
  process.exit(code)
}

/**
 * Sees to it that the process ends with `exitCode`, and without a stack trace, when nobody catches `error`.
 *
 * A program that catches it, at any time, goes on; one that has a listener for uncaught exceptions keeps the last word.
 */
export function exitWhenUncaught(error: Error, exitCode: number): void {
  const process = hostProcess()
  if (process === null) return
  if (++errors === 1) process.on('uncaughtExceptionMonitor', onUncaught)
  exitCodes.set(error, exitCode)
  collected.register(error, undefined)
}
