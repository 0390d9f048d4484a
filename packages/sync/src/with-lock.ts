import { coroutine } from '@asyncio-ts/core'
import { reprOf, runBody } from '@asyncio-ts/core/primitives'
import type { Coroutine, CoroutineObject } from '@asyncio-ts/core'
import type { Body } from '@asyncio-ts/core/primitives'
import type { Lockable } from './lockable.ts'

/**
 * Makes what `with` does: it runs a body while it holds a lock.
 *
 * @param name - what its coroutines are called in messages
 */
export function withLock(name: string): <T>(lock: Lockable, body: Body<[], T>) => CoroutineObject<T> {
  const hold = coroutine(
    function* (lock: Lockable, body: Body<[], unknown>): Coroutine<unknown> {
      const guard = yield* lock.acquire()
      try {
        return yield* runBody(body)
      } finally {
        guard.release()
      }
    },
    { name },
  )
  return <T>(lock: Lockable, body: Body<[], T>) => {
    if (typeof body !== 'function') throw new TypeError(`with() takes a function, got ${reprOf(body)}.`)
    // What the coroutine returns is what the body returns.
    return hold(lock, body) as CoroutineObject<T>
  }
}
