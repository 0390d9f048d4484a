import type { Coroutine, CoroutineObject } from './contract/coroutine.ts'
import { isFuture } from './is-future.ts'

const GeneratorFunction = Object.getPrototypeOf(function* () {}).constructor as new () => unknown

/**
 * Tells whether `value` can be run as a coroutine: a coroutine object or a generator object.
 *
 * @see https://docs.python.org/3/library/asyncio-task.html#asyncio.iscoroutine
 */
export function isCoroutine(value: unknown): value is Coroutine<unknown> | CoroutineObject<unknown> {
  if (typeof value !== 'object' || value === null || isFuture(value)) return false
  const candidate = value as Partial<Generator>
  return (
    typeof candidate.next === 'function' &&
    typeof candidate.throw === 'function' &&
    typeof candidate.return === 'function' &&
    typeof candidate[Symbol.iterator] === 'function'
  )
}

/** Tells whether `fn` is written as `function*`: calling it starts nothing. */
export function isGeneratorFunction(fn: unknown): boolean {
  return fn instanceof GeneratorFunction
}

export function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return (
    (typeof value === 'object' || typeof value === 'function') &&
    value !== null &&
    typeof (value as Partial<PromiseLike<unknown>>).then === 'function'
  )
}
