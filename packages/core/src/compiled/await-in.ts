import type { KernelTask } from '../contract/kernel.ts'
import { InertCoroutine } from '../coroutines/inert-coroutine.ts'
import { RuntimeError } from '../errors/errors.ts'
import { isCoroutine } from '../is-coroutine.ts'
import { isFuture } from '../is-future.ts'
import type { KernelFuture } from '../contract/kernel.ts'
import { runtime } from '../runtime.ts'
import { CallWait } from './call-wait.ts'
import { ForeignWait } from './foreign-wait.ts'
import { Frame, FRESH, INNER, partOf } from './frame.ts'
import type { SubSteps } from './frame.ts'
import { fresh, removeFresh, sweep } from './fresh-calls.ts'
import { noteCaller } from './logical-stack.ts'

/** What an await that need not wait ended with. Read at once by whoever called {@link awaitIn}. */
export const outcome: { failed: boolean; value: unknown } = { failed: false, value: undefined }

/** The `then` that {@link isThenable} found last: JavaScript reads it once. */
const found: { of: unknown; then: unknown; threw: boolean } = { of: undefined, then: undefined, threw: false }

/** Tells whether an await, or the return from an async function, waits for `value`. */
export function isThenable(value: unknown): boolean {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false
  if (value instanceof Frame || value instanceof InertCoroutine) return true
  found.threw = false
  try {
    found.then = (value as { then?: unknown }).then
  } catch (error) {
    found.of = value
    found.then = error
    found.threw = true
    return true
  }
  if (typeof found.then !== 'function') return false
  found.of = value
  return true
}

/**
 * Makes `frame` wait for `value`.
 *
 * @returns the frame that waits now; `null` when none has to, with the {@link outcome} to go on with
 */
export function awaitIn(frame: Frame, value: unknown): Frame | null {
  outcome.failed = false
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return goOn(frame, value)
  if (value instanceof Frame) return awaitCall(frame, value)
  if (isFuture(value)) return awaitFuture(frame, value)
  return awaitForeign(frame, value)
}

/** Python goes on without giving up its turn. Outside of tasks there is JavaScript's microtask in between. */
function goOn(frame: Frame, value: unknown): Frame | null {
  if (isImplicit()) return awaitTick(frame, false, value)
  outcome.value = value
  return null
}

function fail(frame: Frame, error: unknown): Frame | null {
  if (isImplicit()) return awaitTick(frame, true, error)
  outcome.failed = true
  outcome.value = error
  return null
}

/** Whether the task was made for a call outside of tasks. */
export function isImplicit(): boolean {
  return (runtime.task as { _isImplicit?: boolean })._isImplicit === true
}

function awaitFuture(frame: Frame, future: KernelFuture): Frame | null {
  if (future._state === 1) return goOn(frame, future._value)
  if (future._state !== 0) {
    const error = future._takeError()
    noteCaller(error, frame)
    return fail(frame, error)
  }
  frame._value = future
  return frame
}

function awaitCall(frame: Frame, call: Frame): Frame | null {
  if (call._mode === FRESH && call._state === 0 && call._task === runtime.task) {
    if (call === fresh.newest) {
      fresh.newest = call._link
      call._link = frame
      call._mode = INNER
      const leaf = call._leaf
      call._leaf = null
      return leaf
    }
    // Others were made after it: it parks before them, as it began before them.
    sweep(fresh.mark)
  }
  if (call._mode === FRESH) {
    removeFresh(call)
    if (call._state === 0) call._detach()
    else call._mode = INNER
  }
  if (call._state === 1) return goOn(frame, call._value)
  if (call._state === 2) {
    call._noteHandled()
    return fail(frame, call._value)
  }
  if (call === frame && frame._generator === null) return fail(frame, cycle())
  for (let at: Frame | null = frame; at !== null; at = at._link) if (at === call) return failBySelf(frame)
  if (isImplicit()) return awaitPromise(frame, call._promise())
  frame._value = new CallWait((runtime.task as KernelTask)._loop, call, partOf(call))
  return frame
}

function cycle(): TypeError {
  return new TypeError('Chaining cycle detected: an async function cannot return its own promise.')
}

function failBySelf(frame: Frame): Frame | null {
  return fail(frame, new RuntimeError(`Task cannot await on itself: ${frame._site?.name ?? 'an async function'}()`))
}

function awaitForeign(frame: Frame, value: object): Frame | null {
  const isKnown = found.of === value
  found.of = undefined
  if (isCoroutine(value) && 'then' in value) {
    // A coroutine object of another copy of core.
    frame._sub = value[Symbol.iterator]() as SubSteps
    outcome.value = undefined
    return null
  }
  try {
    if (!isKnown) {
      if (value instanceof Promise) return awaitPromise(frame, Promise.resolve(value))
      if (!isThenable(value)) return goOn(frame, value)
      found.of = undefined
    }
    return awaitPromise(frame, found.threw ? Promise.reject(found.then) : adopt(value, found.then))
  } catch (error) {
    return fail(frame, error)
  }
}

/** Calls a `then` in a microtask of its own, as the engine does. */
function adopt(thenable: object, then: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    queueMicrotask(() => {
      try {
        Reflect.apply(then as () => unknown, thenable, [resolve, reject])
      } catch (error) {
        reject(error)
      }
    })
  })
}

/** Goes on with a value, or an error, after a microtask. */
export function awaitTick(frame: Frame, failed: boolean, value: unknown): Frame {
  return awaitPromise(frame, failed ? Promise.reject(value) : Promise.resolve(value))
}

function awaitPromise(frame: Frame, promise: Promise<unknown>): Frame {
  frame._value = new ForeignWait((runtime.task as KernelTask)._loop, promise, isImplicit())
  return frame
}
