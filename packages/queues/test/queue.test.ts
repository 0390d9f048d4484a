import { describe, expect, it } from 'vitest'
import { ValueError } from '@asyncio-ts/core'
import type { Task } from '@asyncio-ts/core'
import { both } from '../../../test-support/both.ts'
import type { Stage } from '../../../test-support/both.ts'
import { failureOf } from '../../../test-support/errors.ts'
import { sleep } from '../../../test-support/sleep.ts'
import { LifoQueue, PriorityQueue, Queue, QueueEmpty, QueueFull } from '../src/index.ts'

const kinds = [
  ['Queue', (maxsize?: number) => new Queue<number>(maxsize)],
  ['LifoQueue', (maxsize?: number) => new LifoQueue<number>(maxsize)],
  ['PriorityQueue', (maxsize?: number) => new PriorityQueue<number>(maxsize)],
] as const

function getter({ start }: Stage, queue: Queue<number>, log: string[], name = ''): Task<number> {
  return start(function* (wait) {
    const item = yield* wait(queue.get())
    log.push(`${name}${item}`)
    return item
  })
}

describe.each(kinds)('%s', (name, make) => {
  both('hands items over without a turn where nobody has to wait', function* ({ wait, loop }) {
    const queue = make(2)
    let turned = false
    loop.callSoon(() => (turned = true))
    for (let i = 0; i < 100; i++) {
      yield* wait(queue.put(i))
      expect(yield* wait(queue.get())).toBe(i)
    }
    expect(turned).toBe(false)
  })

  both(
    'a get that runs as a task takes nothing before its first step, and nothing when it is cancelled before',
    function* (stage) {
      const queue = make()
      queue.putNowait(1)
      const cancelled = stage.loop.createTask(queue.get())
      cancelled.cancel()
      const overtaken = stage.loop.createTask(queue.get())
      expect(queue.getNowait()).toBe(1)
      yield* stage.turns(2)
      expect([cancelled.cancelled(), overtaken.done()]).toEqual([true, false])
      queue.putNowait(2)
      yield* stage.turns(2)
      expect(overtaken.result()).toBe(2)
    },
  )

  both('wakes getters in the order in which they came', function* (stage) {
    const queue = make()
    const log: string[] = []
    for (const each of ['a', 'b', 'c']) getter(stage, queue, log, each)
    yield* stage.turns(2)
    expect(queue.statistics().waitingGetters).toBe(3)
    for (const item of [1, 2, 3]) {
      queue.putNowait(item)
      yield* stage.turns(2)
    }
    expect(log).toEqual(['a1', 'b2', 'c3'])
  })

  both('makes putters wait for room, in the order in which they came', function* (stage) {
    const { wait, start, turns } = stage
    const queue = make(1)
    yield* wait(queue.put(0))
    const log: number[] = []
    for (const item of [1, 2, 3]) {
      start(function* (wait) {
        yield* wait(queue.put(item))
        log.push(item)
      })
    }
    yield* turns(3)
    expect(queue.full()).toBe(true)
    expect(queue.statistics()).toMatchObject({ size: 1, maxsize: 1, waitingPutters: 3 })
    const got = []
    for (let i = 0; i < 4; i++) {
      got.push(yield* wait(queue.get()))
      yield* turns(2)
    }
    expect(got).toEqual([0, 1, 2, 3])
    expect(log).toEqual([1, 2, 3])
  })

  both('lets somebody who comes first have what a woken getter was woken for', function* (stage) {
    const queue = make()
    const log: string[] = []
    const task = getter(stage, queue, log)
    yield* stage.turns(2)
    queue.putNowait(1)
    expect(queue.getNowait()).toBe(1)
    yield* stage.turns(3)
    expect(task.done()).toBe(false)
    queue.putNowait(2)
    expect(yield* stage.wait(task)).toBe(2)
  })

  both('keeps the item of a getter that is cancelled, and wakes the next', function* (stage) {
    const queue = make()
    const log: string[] = []
    const [a, b] = [getter(stage, queue, log, 'a'), getter(stage, queue, log, 'b')]
    yield* stage.turns(2)
    queue.putNowait(1)
    a.cancel()
    a.cancel()
    yield* stage.turns(4)
    expect([a.cancelled(), log]).toEqual([true, ['b1']])
    expect(b.result()).toBe(1)
  })

  both('keeps the item when the only getter is cancelled', function* (stage) {
    const queue = make()
    const task = getter(stage, queue, [])
    yield* stage.turns(2)
    queue.putNowait(1)
    task.cancel()
    yield* stage.turns(2)
    expect(queue.statistics()).toMatchObject({ size: 1, waitingGetters: 0 })
    expect(queue.getNowait()).toBe(1)
  })

  both('never shows the item of a putter that is cancelled, and wakes the next', function* (stage) {
    const { wait, start, turns } = stage
    const queue = make(1)
    queue.putNowait(0)
    const [a, b] = [start((wait) => wait(queue.put(1))), start((wait) => wait(queue.put(2)))]
    yield* turns(2)
    expect(queue.getNowait()).toBe(0)
    a.cancel()
    yield* turns(4)
    expect([a.cancelled(), b.done(), queue.qsize()]).toEqual([true, true, 1])
    expect(yield* wait(queue.get())).toBe(2)
    expect(queue.statistics()).toMatchObject({ size: 0, waitingPutters: 0, unfinished: 2 })
  })

  both('forgets a getter and a putter that are closed', function* (stage) {
    const queue = make(1)
    const [woken, asleep] = [queue.get(), queue.get()]
    woken.next()
    asleep.next()
    const task = getter(stage, queue, [])
    yield* stage.turns(2)
    asleep.return(0)
    queue.putNowait(1)
    woken.return(0)
    expect(yield* stage.wait(task)).toBe(1)
    queue.putNowait(2)
    const put = queue.put(3)
    put.next()
    put.return(undefined)
    expect(queue.statistics()).toMatchObject({ size: 1, waitingGetters: 0, waitingPutters: 0 })
  })

  both('is joined when every item has been dealt with', function* ({ wait, start, turns }) {
    const queue = make()
    yield* wait(queue.join())
    for (const item of [1, 2, 3]) queue.putNowait(item)
    const joined = [start((wait) => wait(queue.join())), start((wait) => wait(queue.join()))]
    joined[1]!.cancel()
    for (let i = 0; i < 3; i++) {
      yield* turns(2)
      expect(joined[0]!.done()).toBe(false)
      queue.getNowait()
      queue.taskDone()
    }
    yield* wait(joined[0]!)
    expect(() => queue.taskDone()).toThrow(ValueError)
    expect(() => queue.taskDone()).toThrow('taskDone() called too many times: call it once for each item taken.')
  })

  it('counts', () => {
    const queue = make(3)
    expect(queue.maxsize).toBe(3)
    expect([queue.empty(), queue.full(), queue.qsize()]).toEqual([true, false, 0])
    for (const item of [1, 2, 3]) queue.putNowait(item)
    expect([queue.empty(), queue.full(), queue.qsize()]).toEqual([false, true, 3])
    queue.getNowait()
    expect(queue.statistics()).toEqual({
      size: 2,
      maxsize: 3,
      unfinished: 3,
      waitingGetters: 0,
      waitingPutters: 0,
      peak: 3,
    })
  })

  it.each([0, -1, undefined])('has no limit when maxsize is %s', (maxsize) => {
    const queue = make(maxsize)
    for (let item = 0; item < 5000; item++) queue.putNowait(item)
    expect([queue.full(), queue.qsize()]).toEqual([false, 5000])
  })

  it('says so when it is empty or full', () => {
    const queue = make(1)
    expect(() => queue.getNowait()).toThrow(QueueEmpty)
    expect(() => queue.getNowait()).toThrow('The queue is empty: await get() to wait for an item.')
    queue.putNowait(1)
    expect(() => queue.putNowait(2)).toThrow(QueueFull)
    expect(() => queue.putNowait(2)).toThrow('The queue is full: await put() to wait for room.')
    expect(queue.statistics()).toMatchObject({ size: 1, unfinished: 1 })
  })

  it('refuses a size that is none', () => {
    expect(() => make(NaN)).toThrow(ValueError)
    for (const maxsize of ['1', null, {}]) expect(() => make(maxsize as never)).toThrow(TypeError)
  })

  both('appears as in CPython', function* (stage) {
    const queue = make(2)
    expect(String(queue)).toBe(`<${name} maxsize=2>`)
    const waiting = getter(stage, queue, [])
    yield* stage.turns(2)
    expect(String(queue)).toBe(`<${name} maxsize=2 _getters[1]>`)
    queue.putNowait(1)
    queue.putNowait(2)
    const put = stage.start((wait) => wait(queue.put(3)))
    waiting.cancel()
    yield* stage.turns(2)
    expect(String(queue)).toBe(`<${name} maxsize=2 _queue=[1, 2] _putters[1] tasks=2>`)
    queue.shutdown()
    yield* failureOf(stage.wait, put)
    expect(String(queue)).toBe(`<${name} maxsize=2 _queue=[1, 2] tasks=2 shutdown>`)
    expect([String(queue.get()), String(queue.put(1)), String(queue.join())]).toEqual([
      '<coroutine object Queue.get>',
      '<coroutine object Queue.put>',
      '<coroutine object Queue.join>',
    ])
  })
})

describe('the order', () => {
  const drain = (queue: Queue<number>): number[] => {
    const items = []
    while (!queue.empty()) items.push(queue.getNowait())
    return items
  }
  const items = [5, 1, 4, 2, 3]

  it.each([
    ['Queue', new Queue<number>(), [5, 1, 4, 2, 3]],
    ['LifoQueue', new LifoQueue<number>(), [3, 2, 4, 1, 5]],
    ['PriorityQueue', new PriorityQueue<number>(), [1, 2, 3, 4, 5]],
  ])('of a %s', (_name, queue, expected) => {
    for (const item of items) queue.putNowait(item)
    expect(drain(queue)).toEqual(expected)
  })

  it('is kept while a queue grows and shrinks', () => {
    const queue = new Queue<number>()
    let next = 0
    let expected = 0
    for (const [puts, gets] of [
      [10, 7],
      [50, 40],
      [3000, 3000],
      [20, 33],
      [5, 5],
    ] as const) {
      for (let i = 0; i < puts; i++) queue.putNowait(next++)
      for (let i = 0; i < gets; i++) expect(queue.getNowait()).toBe(expected++)
    }
    expect(queue.empty()).toBe(true)
  })

  it('tells undefined and null from no item', () => {
    const queue = new Queue<unknown>()
    queue.putNowait(undefined)
    queue.putNowait(null)
    expect([queue.getNowait(), queue.getNowait()]).toEqual([undefined, null])
    expect(() => queue.getNowait()).toThrow(QueueEmpty)
  })
})

describe('a pipe of tasks', () => {
  both('ends when everything has been dealt with', function* ({ wait, start }) {
    const queue = new Queue<number>(2)
    const done: number[] = []
    const workers = [1, 2, 3].map((seconds) =>
      start(function* (wait) {
        for (;;) {
          const item = yield* wait(queue.get())
          yield* wait(sleep(seconds))
          done.push(item)
          queue.taskDone()
        }
      }),
    )
    for (let item = 0; item < 20; item++) yield* wait(queue.put(item))
    yield* wait(queue.join())
    for (const worker of workers) worker.cancel()
    expect(done.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, item) => item))
    expect(queue.statistics()).toMatchObject({ size: 0, unfinished: 0, peak: 2 })
  })
})

describe('a subclass', () => {
  class UniqueQueue extends Queue<string> {
    readonly #items = new Set<string>()

    override qsize(): number {
      return this.#items.size
    }

    protected override items(): Iterable<string> {
      return this.#items
    }

    protected override putItem(item: string): void {
      if (item === '') throw new RangeError('empty')
      this.#items.add(item)
    }

    protected override getItem(): string {
      const [first] = this.#items
      this.#items.delete(first!)
      return first!
    }
  }

  both('decides what is stored, and in which order', function* ({ wait, start, turns }) {
    const queue = new UniqueQueue(2)
    for (const item of ['a', 'a', 'b']) queue.putNowait(item)
    expect([queue.qsize(), queue.full(), String(queue)]).toEqual([
      2,
      true,
      "<UniqueQueue maxsize=2 _queue=['a', 'b'] tasks=3>",
    ])
    const put = start((wait) => wait(queue.put('c')))
    yield* turns(2)
    expect([yield* wait(queue.get()), yield* wait(queue.get())]).toEqual(['a', 'b'])
    yield* wait(put)
    expect(yield* wait(queue.get())).toBe('c')
  })

  both('that refuses an item changes nothing', function* ({ wait }) {
    const queue = new UniqueQueue()
    expect(() => queue.putNowait('')).toThrow(RangeError)
    expect(yield* failureOf(wait, queue.put(''))).toBeInstanceOf(RangeError)
    expect(queue.statistics()).toMatchObject({ size: 0, unfinished: 0, peak: 0 })
  })
})
