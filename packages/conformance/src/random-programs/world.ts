import type { Future, Task } from '@asyncio-ts/core'
import type { BaseEventLoop } from '@asyncio-ts/core/primitives'
import * as asyncio from 'asyncio-ts'
import type { Condition, Queue, TaskGroup, Timeout } from 'asyncio-ts'
import { CONDITIONS, EVENTS, FUTURES, GROUPS, LOCKS, SLOTS, TIMEOUTS } from './program.ts'
import type { Lockable, Program, SyncStatement } from './program.ts'

interface AnyLock {
  acquire(): asyncio.CoroutineObject<unknown>
  release(): void
  locked(): boolean
}

const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make)

/** The objects that the tasks of a random program share, and what can be done with them without waiting. */
export class World {
  readonly slots: (Task | null)[] = times(SLOTS, () => null)
  readonly groups: (TaskGroup | null)[] = times(GROUPS, () => null)
  readonly timeouts: (Timeout | null)[] = times(TIMEOUTS, () => null)
  readonly variable = new asyncio.ContextVar<unknown>('variable', { default: 'unset' })
  readonly conditions: Condition[] = times(CONDITIONS, () => new asyncio.Condition())
  readonly events = times(EVENTS, () => new asyncio.Event())
  readonly lockables: Record<Lockable, AnyLock[]>
  readonly barriers
  readonly queues: Queue<number>[]
  readonly futures: Future[]
  readonly #loop: BaseEventLoop

  constructor(program: Program, loop: BaseEventLoop) {
    this.#loop = loop
    this.lockables = {
      lock: times(LOCKS, () => new asyncio.Lock()),
      semaphore: program.semaphores.map((value) => new asyncio.Semaphore(value)),
      bounded: program.bounded.map((value) => new asyncio.BoundedSemaphore(value)),
      condition: this.conditions,
    }
    this.barriers = program.barriers.map((parties) => new asyncio.Barrier(parties))
    this.queues = program.queues.map(({ kind, maxsize }) => new asyncio[kind]<number>(maxsize))
    this.futures = times(FUTURES, () => loop.createFuture())
  }

  /** Runs a statement that does not wait; `isSync` tells which do not. */
  act(s: SyncStatement): unknown {
    switch (s.op) {
      case 'cancel':
      case 'uncancel':
      case 'task':
        return this.#actOnTask(s, this.slots[s.slot]!)
      case 'putNowait':
      case 'getNowait':
      case 'taskDone':
      case 'shutdown':
        return this.#actOnQueue(s, this.queues[s.queue]!)
      case 'setResult':
      case 'setError':
      case 'cancelFuture':
        return this.#actOnFuture(s, this.futures[s.future]!)
      case 'set':
      case 'clear':
        return this.events[s.event]![s.op]()
      case 'notify':
        return this.conditions[s.condition]!.notify(s.count)
      case 'release':
        return this.lockables[s.kind][s.index]!.release()
      case 'reschedule':
        return this.#reschedule(this.timeouts[s.timeout]!, s.seconds)
      case 'states':
        return this.states()
    }
  }

  #actOnTask(s: SyncStatement & { op: 'cancel' | 'uncancel' | 'task' }, task: Task | null): unknown {
    if (task === null) return 'none'
    if (s.op === 'cancel') return s.message === undefined ? task.cancel() : task.cancel(s.message)
    if (s.op === 'uncancel') return task.uncancel()
    return [task.done(), task.cancelled(), task.cancelling()]
  }

  #actOnQueue(
    s: SyncStatement & { op: 'putNowait' | 'getNowait' | 'taskDone' | 'shutdown' },
    queue: Queue<number>,
  ): unknown {
    if (s.op === 'putNowait') return queue.putNowait(s.item)
    if (s.op === 'shutdown') return queue.shutdown(s.immediate)
    return queue[s.op]()
  }

  #actOnFuture(s: SyncStatement & { op: 'setResult' | 'setError' | 'cancelFuture' }, future: Future): unknown {
    if (s.op === 'cancelFuture') return future.cancel()
    if (s.op === 'setResult') return future.setResult('result')
    return future.setException(new asyncio.ValueError('of a random program'))
  }

  #reschedule(timeout: Timeout | null, seconds: number | null): unknown {
    if (timeout === null) return 'none'
    return timeout.reschedule(seconds === null ? null : this.#loop.time() + seconds)
  }

  /** What can be seen of every shared object. */
  states(): unknown {
    const { lock, semaphore, bounded, condition } = this.lockables
    return [
      [...lock, ...semaphore, ...bounded, ...condition].map((object) => object.locked()),
      this.events.map((event) => event.isSet()),
      this.barriers.map((barrier) => [barrier.nWaiting, barrier.broken]),
      this.queues.map((queue) => [queue.qsize(), queue.empty(), queue.full()]),
      this.futures.map((future) => future.done()),
    ]
  }
}

/** The statements that do not wait. */
export const SYNC: ReadonlySet<string> = new Set([
  ...['cancel', 'uncancel', 'task', 'set', 'clear', 'notify', 'release', 'putNowait', 'getNowait', 'taskDone'],
  ...['shutdown', 'setResult', 'setError', 'cancelFuture', 'reschedule', 'states'],
])

export const isSync = (s: { op: string }): s is SyncStatement => SYNC.has(s.op)
