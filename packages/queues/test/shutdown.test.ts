import { describe, expect, it } from 'vitest'
import { both } from '../../../test-support/both.ts'
import { failureOf } from '../../../test-support/errors.ts'
import { Queue, QueueEmpty, QueueFull, QueueShutDown } from '../src/index.ts'

describe('Queue.shutdown', () => {
  both('refuses every put, and every get once it is empty', function* ({ wait }) {
    const queue = new Queue<number>(1)
    queue.putNowait(1)
    queue.shutdown()
    expect(yield* failureOf(wait, queue.put(2))).toBeInstanceOf(QueueShutDown)
    expect(() => queue.putNowait(2)).toThrow(QueueShutDown)
    expect(yield* wait(queue.get())).toBe(1)
    expect(yield* failureOf(wait, queue.get())).toBeInstanceOf(QueueShutDown)
    expect(() => queue.getNowait()).toThrow(QueueShutDown)
  })

  both('ends the wait of everybody who wants to get', function* ({ wait, start, turns }) {
    const queue = new Queue<number>()
    const tasks = [1, 2, 3].map(() => start((wait) => wait(queue.get())))
    yield* turns(2)
    queue.shutdown()
    for (const task of tasks) expect(yield* failureOf(wait, task)).toBeInstanceOf(QueueShutDown)
  })

  both('ends the wait of everybody who wants to put, and keeps the items', function* ({ wait, start, turns }) {
    const queue = new Queue<number>(1)
    queue.putNowait(0)
    const tasks = [1, 2].map((item) => start((wait) => wait(queue.put(item))))
    yield* turns(2)
    queue.shutdown()
    for (const task of tasks) expect(yield* failureOf(wait, task)).toBeInstanceOf(QueueShutDown)
    expect(queue.statistics()).toMatchObject({ size: 1, unfinished: 1, waitingPutters: 0 })
    expect(queue.getNowait()).toBe(0)
  })

  both('ends the wait of a putter that had been given room', function* ({ wait, start, turns }) {
    const queue = new Queue<number>(1)
    queue.putNowait(0)
    const task = start((wait) => wait(queue.put(1)))
    yield* turns(2)
    queue.getNowait()
    queue.shutdown()
    expect(yield* failureOf(wait, task)).toBeInstanceOf(QueueShutDown)
    expect(queue.empty()).toBe(true)
  })

  both('still wants items that were taken to be dealt with', function* ({ wait, start, turns }) {
    const queue = new Queue<number>()
    queue.putNowait(1)
    queue.putNowait(2)
    queue.getNowait()
    const join = start((wait) => wait(queue.join()))
    yield* turns(2)
    queue.shutdown(true)
    expect(queue.empty()).toBe(true)
    yield* turns(3)
    expect(join.done()).toBe(false)
    queue.taskDone()
    yield* wait(join)
    expect(() => queue.taskDone()).toThrow(/too many times/)
  })

  both('drops the items when it is immediate, and releases those who join', function* ({ wait, start, turns }) {
    const queue = new Queue<number>()
    for (const item of [1, 2, 3]) queue.putNowait(item)
    const join = start((wait) => wait(queue.join()))
    yield* turns(2)
    queue.shutdown(true)
    yield* wait(join)
    expect(queue.statistics()).toMatchObject({ size: 0, unfinished: 0 })
    expect(yield* failureOf(wait, queue.get())).toBeInstanceOf(QueueShutDown)
  })

  both('can be called again, to drop what is left', function* ({ wait }) {
    const queue = new Queue<number>()
    queue.putNowait(1)
    queue.shutdown()
    queue.shutdown()
    expect(queue.qsize()).toBe(1)
    queue.shutdown(true)
    queue.shutdown()
    expect(queue.qsize()).toBe(0)
    expect(yield* failureOf(wait, queue.get())).toBeInstanceOf(QueueShutDown)
  })
})

describe('the errors of a queue', () => {
  it.each([
    [QueueEmpty, 'QueueEmpty', 'ERR_ASYNCIO_QUEUE_EMPTY'],
    [QueueFull, 'QueueFull', 'ERR_ASYNCIO_QUEUE_FULL'],
    [QueueShutDown, 'QueueShutDown', 'ERR_ASYNCIO_QUEUE_SHUT_DOWN'],
  ])('%o have a name and a code', (type, name, code) => {
    const error = new type('message', { cause: 1 })
    expect([error.name, error.code, error.message, error.cause]).toEqual([name, code, 'message', 1])
    expect(Object.keys(error)).toEqual([])
  })
})
