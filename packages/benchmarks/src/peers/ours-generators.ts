import { coroutine, createTask, gather, getRunningLoop, Lock, mapConcurrent, Queue, Semaphore, sleep, timeout } from 'asyncio-ts'
import type { Coroutine } from 'asyncio-ts'
import type { Peer } from '../workload.ts'

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i)

/** Runs a generator as a task of the ambient loop. */
const main = (body: (n: number) => Coroutine<unknown>) => (n: number): Promise<unknown> => createTask(body(n))

const nothing = coroutine(function* (i: number) {
  return i
})

const spin = coroutine(function* (turns: number) {
  for (let i = 0; i < turns; i++) yield* sleep(0)
})

const job = function* (i: number): Coroutine<number> {
  yield* sleep(0)
  return i
}

function* lockWaiters(n: number): Coroutine<void> {
  const lock = new Lock()
  yield* lock.acquire()
  const wait = coroutine(function* () {
    yield* lock.acquire()
    lock.release()
  })
  const tasks = range(n).map(() => createTask(wait()))
  yield* sleep(0)
  lock.release()
  yield* gather(tasks)
}

export const peer: Peer = {
  task_spawn: main(function* (n) {
    yield* gather(range(n).map((i) => nothing(i)))
  }),
  switch: main(function* (n) {
    yield* gather(range(1000).map(() => spin(n / 1000)))
  }),
  switch_2: main(function* (n) {
    yield* gather(spin(n / 2), spin(n / 2))
  }),
  queue_pingpong: main(function* (n) {
    const there = new Queue<number>(1)
    const back = new Queue<number>(1)
    const echo = coroutine(function* () {
      for (let i = 0; i < n; i++) yield* back.put(yield* there.get())
    })
    const task = createTask(echo())
    for (let i = 0; i < n; i++) {
      yield* there.put(i)
      yield* back.get()
    }
    yield* task
  }),
  queue_pipe: main(function* (n) {
    const queue = new Queue<number>(100)
    const produce = coroutine(function* () {
      for (let i = 0; i < n; i++) yield* queue.put(i)
    })
    const task = createTask(produce())
    for (let i = 0; i < n; i++) yield* queue.get()
    yield* task
  }),
  lock_uncontended: main(function* (n) {
    const lock = new Lock()
    for (let i = 0; i < n; i++) {
      yield* lock.acquire()
      lock.release()
    }
  }),
  lock_contended: main(function* (n) {
    const lock = new Lock()
    const hold = coroutine(function* () {
      for (let i = 0; i < n / 100; i++) {
        yield* lock.acquire()
        yield* sleep(0)
        lock.release()
      }
    })
    yield* gather(range(100).map(() => hold()))
  }),
  lock_waiters_1k: main(lockWaiters),
  lock_waiters_10k: main(lockWaiters),
  sem_limited: main(function* (n) {
    const semaphore = new Semaphore(100)
    const limited = coroutine(function* (i: number) {
      const guard = yield* semaphore.acquire()
      try {
        return yield* job(i)
      } finally {
        guard.release()
      }
    })
    yield* gather(range(n).map((i) => limited(i)))
  }),
  map_limited: main(function* (n) {
    yield* mapConcurrent(range(n), job, { limit: 100 })
  }),
  timers_fire: main(function* (n) {
    yield* gather(range(n).map((i) => sleep(((i * 7919) % 1000) / 10_000)))
  }),
  timers_cancel: main(function* (n) {
    const loop = getRunningLoop()
    const handles = range(n).map((i) => loop.callLater(10 + (i % 100), () => undefined))
    for (const handle of handles) handle.cancel()
    yield* sleep(0)
  }),
  cancel: main(function* (n) {
    const tasks = range(n).map(() => createTask(sleep(100)))
    yield* sleep(0)
    for (const task of tasks) task.cancel()
    yield* gather(tasks, { returnExceptions: true })
  }),
  timeout: main(function* (n) {
    // Made once: the engine spends a microsecond on each new generator function, whatever is done with it.
    const body = function* (): Coroutine<void> {}
    for (let i = 0; i < n; i++) yield* timeout(10, body)
  }),
}
