import { Effect, Fiber, Queue, Semaphore } from 'effect'
import type { Peer } from '../workload.ts'

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i)
const main = (body: (n: number) => Effect.Effect<unknown, unknown>) => (n: number): Promise<unknown> =>
  Effect.runPromise(body(n) as Effect.Effect<unknown>)
const repeat = (n: number, body: () => Effect.Effect<unknown, unknown>): Effect.Effect<void, unknown> =>
  Effect.gen(function* () {
    for (let i = 0; i < n; i++) yield* body()
  })
const all = (fibers: readonly Fiber.Fiber<unknown, unknown>[]): Effect.Effect<unknown, unknown> => Fiber.joinAll(fibers)
const spin = (turns: number) => repeat(turns, () => Effect.yieldNow)

const lockWaiters = (n: number) =>
  Effect.gen(function* () {
    const lock = Semaphore.makeUnsafe(1)
    yield* lock.take(1)
    const fibers = []
    for (let i = 0; i < n; i++) fibers.push(yield* Effect.forkChild(lock.withPermits(1)(Effect.void)))
    yield* Effect.yieldNow
    yield* lock.release(1)
    yield* all(fibers)
  })

export const peer: Peer = {
  task_spawn: main((n) =>
    Effect.gen(function* () {
      const fibers = []
      for (let i = 0; i < n; i++) fibers.push(yield* Effect.forkChild(Effect.succeed(i)))
      yield* all(fibers)
    }),
  ),
  switch: main((n) => Effect.all(range(1000).map(() => spin(n / 1000)), { concurrency: 'unbounded' })),
  switch_2: main((n) => Effect.all([spin(n / 2), spin(n / 2)], { concurrency: 'unbounded' })),
  queue_pingpong: main((n) =>
    Effect.gen(function* () {
      const there = yield* Queue.bounded<number>(1)
      const back = yield* Queue.bounded<number>(1)
      const answer = () => Effect.flatMap(Queue.take(there), (i) => Queue.offer(back, i))
      const echo = yield* Effect.forkChild(repeat(n, answer))
      yield* repeat(n, () => Effect.andThen(Queue.offer(there, 1), Queue.take(back)))
      yield* Fiber.join(echo)
    }),
  ),
  queue_pipe: main((n) =>
    Effect.gen(function* () {
      const queue = yield* Queue.bounded<number>(100)
      const produce = yield* Effect.forkChild(repeat(n, () => Queue.offer(queue, 1)))
      yield* repeat(n, () => Queue.take(queue))
      yield* Fiber.join(produce)
    }),
  ),
  lock_uncontended: main((n) => {
    const lock = Semaphore.makeUnsafe(1)
    return repeat(n, () => lock.withPermits(1)(Effect.void))
  }),
  lock_contended: main((n) => {
    const lock = Semaphore.makeUnsafe(1)
    const hold = repeat(n / 100, () => lock.withPermits(1)(Effect.yieldNow))
    return Effect.all(range(100).map(() => hold), { concurrency: 'unbounded' })
  }),
  lock_waiters_1k: main(lockWaiters),
  lock_waiters_10k: main(lockWaiters),
  map_limited: main((n) => Effect.forEach(range(n), (i) => Effect.as(Effect.yieldNow, i), { concurrency: 100 })),
  timers_fire: main((n) =>
    Effect.forEach(range(n), (i) => Effect.sleep(((i * 7919) % 1000) / 10), { concurrency: 'unbounded' }),
  ),
  cancel: main((n) =>
    Effect.gen(function* () {
      const fibers = []
      for (let i = 0; i < n; i++) fibers.push(yield* Effect.forkChild(Effect.sleep(100_000)))
      yield* Effect.yieldNow
      yield* Fiber.interruptAll(fibers)
    }),
  ),
  timeout: main((n) => repeat(n, () => Effect.timeout(Effect.void, 10_000))),
}
