/* Compiled, not run: `npm run types`. */
import { expectTypeOf } from 'vitest'
import type { Coroutine, CoroutineObject } from '@asyncio-ts/core'
import { Barrier, Condition, Event, Lock, Semaphore } from '../src/index.ts'
import type { BoundedSemaphore, Guard, Lockable } from '../src/index.ts'

const lock = new Lock()
const semaphore = new Semaphore(2)
const condition = new Condition(lock)
const event = new Event()
const barrier = new Barrier(2)

export async function awaited(): Promise<void> {
  expectTypeOf(await lock.acquire()).toEqualTypeOf<Guard>()
  expectTypeOf(await semaphore.acquire({ timeout: 1, signal: new AbortController().signal })).toEqualTypeOf<Guard>()
  expectTypeOf(await event.wait()).toEqualTypeOf<true>()
  expectTypeOf(await condition.wait()).toEqualTypeOf<true>()
  expectTypeOf(await condition.waitFor(() => 'ready')).toEqualTypeOf<string>()
  expectTypeOf(await barrier.wait()).toEqualTypeOf<number>()
  expectTypeOf(await barrier.reset()).toEqualTypeOf<void>()
  expectTypeOf(await lock.with(() => 1)).toEqualTypeOf<number>()
  expectTypeOf(await lock.with(async () => 'text')).toEqualTypeOf<string>()
  expectTypeOf(await semaphore.with(() => event.wait())).toEqualTypeOf<true>()
  const body = function* (): Coroutine<Date> {
    yield* event.wait()
    return new Date()
  }
  expectTypeOf(await condition.with(body)).toEqualTypeOf<Date>()
  using guard = await lock.acquire()
  expectTypeOf(guard.release).toEqualTypeOf<() => void>()
}

export function* yielded(): Coroutine<void> {
  expectTypeOf(yield* lock.acquire()).toEqualTypeOf<Guard>()
  expectTypeOf(yield* event.wait({ timeout: null })).toEqualTypeOf<true>()
  expectTypeOf(yield* condition.waitFor(() => 7)).toEqualTypeOf<number>()
  expectTypeOf(yield* barrier.wait()).toEqualTypeOf<number>()
  expectTypeOf(yield* lock.with(async () => 'text')).toEqualTypeOf<string>()
  using guard = yield* semaphore.acquire()
  void guard
}

expectTypeOf(lock.acquire()).toEqualTypeOf<CoroutineObject<Guard>>()
expectTypeOf<Condition>().toExtend<Lockable>()
expectTypeOf<BoundedSemaphore>().toExtend<Lockable>()

// @ts-expect-error a time is a number of seconds
void lock.acquire({ timeout: '1' })
// @ts-expect-error a body is a function
void lock.with(Promise.resolve())
// @ts-expect-error how many have to come?
void new Barrier()
// @ts-expect-error a lock is no number
void new Condition(1)
