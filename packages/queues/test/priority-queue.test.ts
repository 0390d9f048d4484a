import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { both } from '../../../test-support/both.ts'
import { failureOf } from '../../../test-support/errors.ts'
import { PriorityQueue } from '../src/index.ts'

function drain<T>(queue: PriorityQueue<T>): T[] {
  const items = []
  while (!queue.empty()) items.push(queue.getNowait())
  return items
}

function sorted<T>(items: T[], options?: { compare: (a: T, b: T) => number }): T[] {
  const queue = new PriorityQueue<T>(0, options)
  for (const item of items) queue.putNowait(item)
  return drain(queue)
}

describe('PriorityQueue', () => {
  it.each([
    ['numbers', [3, -1, Infinity, 2.5, -0], [-1, -0, 2.5, 3, Infinity]],
    ['bigints among numbers', [3n, 1, 2n, 10n ** 20n, 1e19], [1, 2n, 3n, 1e19, 10n ** 20n]],
    ['strings by code unit', ['b', 'a', 'B', 'ab', ''], ['', 'B', 'a', 'ab', 'b']],
    ['dates', [new Date(3), new Date(1), new Date(2)], [new Date(1), new Date(2), new Date(3)]],
    ['arrays, item by item', [[2, 'a'], [1, 'b'], [1, 'a'], [1]], [[1], [1, 'a'], [1, 'b'], [2, 'a']]],
    [
      'arrays of arrays',
      [
        [[2], 1],
        [[1, 5], 2],
        [[1], 3],
      ],
      [
        [[1], 3],
        [[1, 5], 2],
        [[2], 1],
      ],
    ],
  ])('orders %s', (_what, items, expected) => {
    expect(sorted<unknown>(items)).toEqual(expected)
  })

  it('does not look at what comes after a difference', () => {
    const [a, b, c] = [{ a: 1 }, { b: 1 }, { c: 1 }]
    expect(
      sorted([
        [3, a],
        [1, b],
        [2, c],
      ]),
    ).toEqual([
      [1, b],
      [2, c],
      [3, a],
    ])
  })

  it('looks past items that are the same', () => {
    const same = {}
    expect(
      sorted([
        [same, 2],
        [same, 1],
      ]),
    ).toEqual([
      [same, 1],
      [same, 2],
    ])
  })

  it('keeps items of equal priority in the order in which they came', () => {
    const items = Array.from({ length: 200 }, (_, index) => ({ priority: index % 3, index }))
    const expected = [0, 1, 2].flatMap((priority) => items.filter((item) => item.priority === priority))
    expect(sorted(items, { compare: (a, b) => a.priority - b.priority })).toEqual(expected)
  })

  it('orders as compare tells it to', () => {
    expect(sorted(['bb', 'a', 'ccc'], { compare: (a, b) => b.length - a.length })).toEqual(['ccc', 'bb', 'a'])
  })

  it('behaves as a sorted list does, whatever is put and got', () => {
    const steps = fc.array(fc.option(fc.nat(6), { nil: 'get' as const }), { maxLength: 60 })
    fc.assert(
      fc.property(steps, (script) => {
        const queue = new PriorityQueue<[number, number]>(0, { compare: (a, b) => a[0] - b[0] })
        const model: [number, number][] = []
        script.forEach((step, arrival) => {
          if (step === 'get') {
            if (model.length > 0) expect(queue.getNowait()).toEqual(model.shift())
            return
          }
          queue.putNowait([step, arrival])
          model.push([step, arrival])
          model.sort((a, b) => a[0] - b[0] || a[1] - b[1])
        })
        expect(drain(queue)).toEqual(model)
      }),
      { numRuns: 500 },
    )
  })

  it.each([
    ['an object', {}],
    ['undefined', undefined],
    ['null', null],
    ['a function', () => 1],
    ['a symbol', Symbol('s')],
    ['NaN', NaN],
    ['a date that is none', new Date(NaN)],
    ['a string among numbers', 'one'],
    ['an array among numbers', [1]],
  ])('refuses %s when it is put, and stays as it was', (_what, item) => {
    const queue = new PriorityQueue<unknown>()
    for (const number of [2, 1]) queue.putNowait(number)
    expect(() => queue.putNowait(item)).toThrow(TypeError)
    expect(queue.statistics()).toMatchObject({ size: 2, unfinished: 2, peak: 2 })
    expect(drain(queue)).toEqual([1, 2])
  })

  it.each([{}, undefined, NaN, [NaN], [{}, 1]])('refuses %j even as the only item', (item) => {
    const queue = new PriorityQueue<unknown>()
    if (Array.isArray(item) && typeof item[0] === 'object') {
      // Nothing tells before a second one comes that these have no order.
      queue.putNowait(item)
      expect(() => queue.putNowait([{}, 2])).toThrow(/have no order: give the PriorityQueue a compare function/)
      expect(queue.qsize()).toBe(1)
      return
    }
    if (Array.isArray(item)) {
      expect(() => queue.putNowait(item)).toThrow(/NaN has no place in an order/)
      return
    }
    expect(() => queue.putNowait(item)).toThrow(TypeError)
    expect(queue.empty()).toBe(true)
  })

  both('throws what cannot be compared at the put that waited for room', function* ({ wait, start, turns }) {
    const queue = new PriorityQueue<unknown>(2)
    for (const item of [1, 2]) queue.putNowait(item)
    const put = start((wait) => wait(queue.put('three')))
    yield* turns(2)
    expect(queue.getNowait()).toBe(1)
    expect(yield* failureOf(wait, put)).toBeInstanceOf(TypeError)
    expect(queue.statistics()).toMatchObject({ size: 1, unfinished: 2, waitingPutters: 0 })
  })

  it('loses nothing when items turn out to have no order only when one is taken', () => {
    const queue = new PriorityQueue<unknown>()
    // Each of the two is compared with the first alone when it is put.
    for (const item of [[1], [2, 'text'], [2, 5]]) queue.putNowait(item)
    const before = String(queue)
    expect(() => queue.getNowait()).toThrow(/5 and 'text' have no order/)
    expect(() => queue.getNowait()).toThrow(TypeError)
    expect(String(queue)).toBe(before)
  })

  it.each([NaN, true, undefined])('says so when compare returns %s', (order) => {
    const queue = new PriorityQueue<number>(0, { compare: () => order as number })
    expect(() => queue.putNowait(1)).toThrow(/compare returned .*: return a number/)
    expect(queue.empty()).toBe(true)
  })

  it('refuses a compare that is no function', () => {
    expect(() => new PriorityQueue(0, { compare: 'name' as never })).toThrow(TypeError)
  })
})
