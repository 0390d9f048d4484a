import { stores } from '../host/user-stores.ts'
import { runtime } from '../runtime.ts'
import { Frame, INNER } from './frame.ts'
import { awaitIn, awaitTick, isImplicit, isThenable, outcome } from './await-in.ts'
import { InertCoroutine } from '../coroutines/inert-coroutine.ts'
import { fresh } from './fresh-calls.ts'
import { noteCaller } from './logical-stack.ts'
import { register } from './register.ts'
import { noteStores, resumeInScope } from './stores.ts'

/** Called as they are: to look them up on each generator would cost as much as the call. */
const { next: generatorNext, throw: generatorThrow } = Object.getPrototypeOf(function* () {}).prototype as Generator

/**
 * Resumes a frame, and goes on through its callers, until one of them has to wait.
 *
 * `runtime.task` is the task that it runs in.
 *
 * @param start - the frame that waits, or one that has not begun
 * @param thrown - whether `input` is an error
 * @param input - what its wait ended with
 * @returns the frame that waits now, its `_value` being what it waits on; `null` when the outermost is done
 */
export function advance(start: Frame, thrown: boolean, input: unknown): Frame | null {
  // As in JavaScript, what an await gives is never itself something to be awaited.
  return goOn(start, thrown, input, !thrown && isThenable(input))
}

/** @param awaits - whether `input` is what the frame awaits now, rather than what its wait ended with */
// eslint-disable-next-line max-lines-per-function -- a loop in several functions would hand its state about
function goOn(start: Frame, thrown: boolean, input: unknown, awaits: boolean): Frame | null {
  let frame = start
  let failed = thrown
  let value = input
  let isAwaited = awaits
  for (;;) {
    if (!isAwaited) {
      const sub = frame._sub
      const steps = sub ?? frame._generator
      let isDone: boolean | undefined = true
      if (steps !== null) {
        try {
          let result
          if (stores.inUse) result = resumeInScope(frame, steps, failed, value)
          else if (sub !== null) result = failed ? sub.throw!(value) : sub.next(value)
          else result = (failed ? generatorThrow : generatorNext).call(steps as Generator, value as never)
          isDone = result.done
          value = result.value
          failed = false
        } catch (error) {
          value = error
          failed = true
        }
      }
      if (sub !== null) {
        if (isDone !== true) {
          frame._value = value
          return frame
        }
        frame._sub = null
        if (failed) noteCaller(value, frame)
        else isAwaited = typeof value === 'object' && isThenable(value)
        continue
      }
      if (isDone !== true) {
        frame._at = value as number
        if (stores.inUse) noteStores(frame)
        value = register.value
        register.value = undefined
      } else if (failed || steps === null || !isThenable(value)) {
        const caller = frame._link
        frame._settle(failed ? 2 : 1, value)
        if (caller === null) return null
        frame._link = null
        if (failed) noteCaller(value, caller)
        frame = caller
        continue
      } else frame._generator = null
    }
    isAwaited = false
    if (takesNewest(frame, value)) return (value as Frame)._leaf
    if (value instanceof InertCoroutine) {
      try {
        const begun = value._start()
        if (begun !== undefined) {
          frame._sub = begun
          value = undefined
          continue
        }
        value = value._take()
        failed = false
      } catch (error) {
        noteCaller(error, frame)
        value = error
        failed = true
      }
      if (!isImplicit()) {
        isAwaited = !failed && typeof value === 'object' && isThenable(value)
        continue
      }
      return awaitTick(frame, failed, value)
    }
    const leaf = awaitIn(frame, value)
    if (leaf !== null) return leaf
    failed = outcome.failed
    value = outcome.value
    outcome.value = undefined
    isAwaited = !failed && isThenable(value)
  }
}

/** Takes the first step of a call: {@link advance} with less to ask, as it is taken for every call. */
export function begin(frame: Frame): Frame | null {
  if (stores.inUse) return goOn(frame, false, undefined, false)
  let value: unknown
  try {
    const result = generatorNext.call(frame._generator as Generator)
    if (result.done !== true) {
      frame._at = result.value as number
      value = register.value
      register.value = undefined
      if (stores.inUse) noteStores(frame)
      return takesNewest(frame, value) ? (value as Frame)._leaf : goOn(frame, false, value, true)
    }
    value = result.value
  } catch (error) {
    frame._settle(2, error)
    return null
  }
  if (!isThenable(value)) {
    frame._settle(1, value)
    return null
  }
  frame._generator = null
  return goOn(frame, false, value, true)
}

/** Makes a call that has just been made a frame of what awaits it, which is what nearly every call becomes. */
function takesNewest(frame: Frame, value: unknown): boolean {
  if (!(value instanceof Frame) || value !== fresh.newest) return false
  if (value._state !== 0 || value._task !== runtime.task) return false
  fresh.newest = value._link
  value._link = frame
  value._mode = INNER
  return true
}
