/* Compiled, not run: `npm run types`. */
import { expectTypeOf } from 'vitest'
import type { Coroutine, CoroutineObject } from '@asyncio-ts/core'
import { LifoQueue, PriorityQueue, Queue } from '../src/index.ts'
import type { QueueStatistics } from '../src/index.ts'

interface Job {
  id: number
}

const queue = new Queue<Job>(3)

export async function awaited(): Promise<void> {
  expectTypeOf(await queue.get()).toEqualTypeOf<Job>()
  expectTypeOf(await queue.get({ timeout: 1 })).toEqualTypeOf<Job>()
  expectTypeOf(await queue.put({ id: 1 })).toEqualTypeOf<void>()
  expectTypeOf(await queue.join()).toEqualTypeOf<void>()
  for await (const job of queue) expectTypeOf(job).toEqualTypeOf<Job>()
  expectTypeOf(await new LifoQueue<string>().get()).toEqualTypeOf<string>()
  expectTypeOf(await new PriorityQueue<[number, Job]>().get()).toEqualTypeOf<[number, Job]>()
}

export function* yielded(): Coroutine<void> {
  expectTypeOf(yield* queue.get()).toEqualTypeOf<Job>()
  expectTypeOf(yield* queue.put({ id: 1 })).toEqualTypeOf<void>()
  const step = yield* queue[Symbol.asyncIterator]().next()
  if (!step.done) expectTypeOf(step.value).toEqualTypeOf<Job>()
}

expectTypeOf(queue.get()).toEqualTypeOf<CoroutineObject<Job>>()
expectTypeOf(queue.getNowait()).toEqualTypeOf<Job>()
expectTypeOf(queue.statistics()).toEqualTypeOf<QueueStatistics>()
expectTypeOf<LifoQueue<Job>>().toExtend<Queue<Job>>()
expectTypeOf<PriorityQueue<Job>>().toExtend<Queue<Job>>()
void new PriorityQueue<Job>(0, { compare: (a, b) => a.id - b.id })

// @ts-expect-error a job has an id
void queue.put({})
// @ts-expect-error a job is no number
queue.putNowait(1)
// @ts-expect-error the size is a number
void new Queue('3')
// @ts-expect-error the store is a matter of subclasses
queue.getItem()
// @ts-expect-error a comparison is a number
void new PriorityQueue<Job>(0, { compare: (a, b) => a.id < b.id })
