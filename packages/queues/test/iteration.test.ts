import { describe, expect, it } from 'vitest'
import type { Coroutine } from '@asyncio-ts/core'
import { both } from '../../../test-support/both.ts'
import { ManualLoop, runManually } from '../../../test-support/manual-loop.ts'
import { sleep } from '../../../test-support/sleep.ts'
import { Queue } from '../src/index.ts'

function filled(...items: number[]): Queue<number> {
  const queue = new Queue<number>()
  for (const item of items) queue.putNowait(item)
  return queue
}

describe('for await over a queue', () => {
  it('takes items until the queue is shut down and empty', async () => {
    const queue = filled(1, 2)
    const seen: number[] = []
    await runManually(async () => {
      queue.shutdown()
      for await (const item of queue) seen.push(item)
    })
    expect(seen).toEqual([1, 2])
  })

  it('waits for items', async () => {
    const loop = new ManualLoop()
    const queue = new Queue<number>()
    const seen: [number, number][] = []
    for (const when of [1, 2, 3]) loop.callLater(when, () => queue.putNowait(when * 10))
    loop.callLater(4, () => queue.shutdown())
    await runManually(async () => {
      for await (const item of queue) seen.push([loop.time(), item])
    }, loop)
    expect(seen).toEqual([
      [1, 10],
      [2, 20],
      [3, 30],
    ])
    expect(loop.time()).toBe(4)
  })

  it('gives each item to one of several consumers', async () => {
    const queue = new Queue<number>(1)
    const seen: string[] = []
    const consume = async (name: string): Promise<void> => {
      for await (const item of queue) seen.push(`${name}${item}`)
    }
    await runManually(async () => {
      const consumers = [consume('a'), consume('b')]
      for (let item = 0; item < 6; item++) await queue.put(item)
      queue.shutdown()
      await Promise.all(consumers)
    })
    expect(seen.map((each) => each.slice(1))).toEqual(['0', '1', '2', '3', '4', '5'])
    expect(new Set(seen.map((each) => each[0]))).toEqual(new Set(['a', 'b']))
  })

  it('takes nothing more when the loop is left', async () => {
    const queue = filled(1, 2, 3)
    await runManually(async () => {
      for await (const item of queue) if (item === 2) break
    })
    expect(queue.getNowait()).toBe(3)
  })

  it('lets the error of its body through, and takes nothing more', async () => {
    const queue = filled(1, 2)
    const loop = runManually(async () => {
      for await (const item of queue) throw new Error(`item ${item}`)
    })
    await expect(loop).rejects.toThrow('item 1')
    expect(queue.qsize()).toBe(1)
  })

  it('can be cancelled while it waits, and loses nothing', async () => {
    const loop = new ManualLoop()
    const queue = new Queue<number>()
    let unwound = false
    const consume = async (): Promise<void> => {
      try {
        for await (const _ of queue) continue
      } finally {
        unwound = true
      }
    }
    await runManually(async () => {
      const task = loop.createTask(consume)
      queue.putNowait(1)
      while (queue.statistics().waitingGetters === 0) await sleep(0)
      queue.putNowait(2)
      task.cancel()
      await expect(task).rejects.toMatchObject({ name: 'CancelledError' })
      expect([unwound, queue.qsize(), queue.statistics().waitingGetters]).toEqual([true, 1, 0])
    }, loop)
  })

  it('goes on after an error of another kind', async () => {
    class Flaky extends Queue<number> {
      override getNowait(): number {
        const item = super.getNowait()
        if (item === 2) throw new Error('two')
        return item
      }
    }
    const queue = new Flaky()
    for (const item of [1, 2, 3]) queue.putNowait(item)
    queue.shutdown()
    const items = queue[Symbol.asyncIterator]()
    await runManually(async () => {
      expect(await items.next()).toEqual({ done: false, value: 1 })
      await expect(items.next()).rejects.toThrow('two')
      expect(await items.next()).toEqual({ done: false, value: 3 })
      expect(await items.next()).toEqual({ done: true, value: undefined })
      expect(await items.next()).toEqual({ done: true, value: undefined })
    })
  })
})

describe('the iterator of a queue', () => {
  both('can be awaited in both spellings', function* ({ wait, loop }) {
    const queue = filled(1, 2)
    loop.callLater(1, () => queue.putNowait(3))
    loop.callLater(2, () => queue.shutdown())
    const items = queue[Symbol.asyncIterator]()
    const seen: number[] = []
    for (let item = yield* wait(items.next()); !item.done; item = yield* wait(items.next())) seen.push(item.value)
    expect(seen).toEqual([1, 2, 3])
    expect(loop.time()).toBe(2)
  })

  it('is iterable itself', () => {
    const items = filled()[Symbol.asyncIterator]()
    expect(items[Symbol.asyncIterator]()).toBe(items)
    expect(String(items.next())).toBe('<coroutine object Queue.next>')
  })

  it('takes no turn while there are items', async () => {
    await runManually(function* (): Coroutine<void> {
      const queue = filled(1, 2, 3)
      const items = queue[Symbol.asyncIterator]()
      for (let count = 0; count < 3; count++) {
        const step = items.next()[Symbol.iterator]().next()
        expect(step).toEqual({ done: true, value: { done: false, value: count + 1 } })
      }
    })
  })
})
