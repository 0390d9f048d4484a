import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Runnable } from '../../src/primitives.ts'
import { ReadyQueue } from '../../src/loop/ready-queue.ts'

const item = (id: number): Runnable & { id: number } => ({ id, run: () => undefined })

describe('ReadyQueue', () => {
  test('is first in, first out', () => {
    const queue = new ReadyQueue()
    const items = [1, 2, 3].map(item)
    for (const each of items) queue.push(each)
    expect(queue.size).toBe(3)
    expect([queue.shift(), queue.shift(), queue.shift()]).toEqual(items)
    expect(queue.size).toBe(0)
  })

  test('is emptied by clear, and can be used again', () => {
    const queue = new ReadyQueue()
    for (let i = 0; i < 100; i++) queue.push(item(i))
    queue.clear()
    expect(queue.size).toBe(0)
    const last = item(7)
    queue.push(last)
    expect(queue.shift()).toBe(last)
  })

  test('does what an array does, grown and wrapped around', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -150, max: 200 }), { maxLength: 30 }), (steps) => {
        const queue = new ReadyQueue()
        const list: number[] = []
        let id = 0
        for (const step of steps) {
          for (let i = 0; i < step; i++) {
            queue.push(item(id))
            list.push(id++)
          }
          for (let i = 0; i < -step && list.length > 0; i++) {
            expect((queue.shift() as { id: number } & Runnable).id).toBe(list.shift())
          }
          expect(queue.size).toBe(list.length)
        }
        while (list.length > 0) expect((queue.shift() as { id: number } & Runnable).id).toBe(list.shift())
      }),
      { numRuns: 200 },
    )
  })
})
