import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { KernelTimer } from '../../src/primitives.ts'
import { TimerHeap } from '../../src/loop/timer-heap.ts'

class Timer implements KernelTimer {
  _cancelled = false
  _scheduled = false
  readonly _when: number
  readonly id: number

  constructor(when: number, id: number) {
    this._when = when
    this.id = id
  }

  run(): void {
    throw new Error('the heap never runs a timer')
  }
}

/** What the heap stands for: a list, searched from the front. */
class SortedList {
  timers: Timer[] = []

  push(timer: Timer): void {
    const index = this.timers.findIndex((other) => other._when > timer._when)
    this.timers.splice(index < 0 ? this.timers.length : index, 0, timer)
  }

  popDue(now: number): Timer | undefined {
    const first = this.timers[0]
    return first !== undefined && first._when <= now ? this.timers.shift() : undefined
  }
}

function cancel(heap: TimerHeap, timer: Timer): void {
  if (timer._cancelled) return
  timer._cancelled = true
  if (timer._scheduled) heap.noteCancelled()
}

describe('TimerHeap', () => {
  test('is empty at first', () => {
    const heap = new TimerHeap()
    expect([heap.live, heap.nextWhen(), heap.popDue(Infinity)]).toEqual([0, Infinity, undefined])
  })

  test('hands out what is due, earliest first, and nothing early', () => {
    const heap = new TimerHeap()
    for (const [id, when] of [5, 1, 3, 2, 4].entries()) heap.push(new Timer(when, id))
    expect(heap.nextWhen()).toBe(1)
    expect(heap.popDue(0.5)).toBe(undefined)
    expect([heap.popDue(3), heap.popDue(3), heap.popDue(3), heap.popDue(3)].map((timer) => timer?._when)).toEqual([
      1,
      2,
      3,
      undefined,
    ])
    expect(heap.live).toBe(2)
  })

  test('keeps equal deadlines in the order they came', () => {
    const heap = new TimerHeap()
    const ids = Array.from({ length: 200 }, (_, id) => id)
    for (const id of ids) heap.push(new Timer(7, id))
    expect(ids.map(() => (heap.popDue(7) as Timer).id)).toEqual(ids)
  })

  test('marks what it holds', () => {
    const heap = new TimerHeap()
    const timer = new Timer(1, 1)
    heap.push(timer)
    expect(timer._scheduled).toBe(true)
    heap.popDue(1)
    expect(timer._scheduled).toBe(false)
  })

  test('skips what is cancelled', () => {
    const heap = new TimerHeap()
    const timers = [1, 2, 3].map((when) => new Timer(when, when))
    for (const timer of timers) heap.push(timer)
    cancel(heap, timers[0]!)
    expect([heap.live, heap.nextWhen()]).toEqual([2, 2])
    cancel(heap, timers[1]!)
    cancel(heap, timers[2]!)
    expect([heap.live, heap.popDue(9), heap.nextWhen()]).toEqual([0, undefined, Infinity])
    expect(timers.map((timer) => timer._scheduled)).toEqual([false, false, false])
  })

  test('lets go of cancelled timers when more than half of it is dead', () => {
    const heap = new TimerHeap()
    const timers = Array.from({ length: 1000 }, (_, id) => new Timer(id, id))
    for (const timer of timers) heap.push(timer)
    for (const timer of timers) if (timer.id % 10 !== 0) cancel(heap, timer)
    expect(heap.live).toBe(100)
    const held = timers.filter((timer) => timer._scheduled).length
    expect(held).toBeLessThan(500)
    for (let id = 0; id < 1000; id += 10) expect((heap.popDue(Infinity) as Timer).id).toBe(id)
    expect([heap.live, heap.popDue(Infinity)]).toEqual([0, undefined])
  })

  test('forgets everything when it is cleared', () => {
    const heap = new TimerHeap()
    for (let i = 0; i < 10; i++) heap.push(new Timer(i, i))
    heap.clear()
    expect([heap.live, heap.popDue(Infinity), heap.nextWhen()]).toEqual([0, undefined, Infinity])
    heap.push(new Timer(5, 5))
    expect([heap.live, heap.nextWhen()]).toEqual([1, 5])
  })

  test('a timer cancelled after the heap was cleared is not counted', () => {
    const heap = new TimerHeap()
    const timer = new Timer(1, 1)
    heap.push(timer)
    heap.clear()
    cancel(heap, timer)
    heap.push(new Timer(2, 2))
    expect([heap.live, heap.nextWhen()]).toEqual([1, 2])
  })

  test('does what a sorted list does, with cancels in between, under every sequence of operations', () => {
    const operation = fc.oneof(
      { weight: 5, arbitrary: fc.record({ push: fc.integer({ min: 0, max: 12 }) }) },
      { weight: 3, arbitrary: fc.record({ cancel: fc.nat() }) },
      { weight: 2, arbitrary: fc.record({ pop: fc.integer({ min: 0, max: 12 }) }) },
      { weight: 1, arbitrary: fc.record({ pushMany: fc.integer({ min: 100, max: 300 }) }) },
      { weight: 1, arbitrary: fc.record({ cancelMany: fc.integer({ min: 100, max: 300 }) }) },
    )
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 60 }), (operations) => {
        const [heap, list] = [new TimerHeap(), new SortedList()]
        const all: Timer[] = []
        const push = (when: number) => {
          const timer = new Timer(when, all.length)
          all.push(timer)
          heap.push(timer)
          list.push(timer)
        }
        const cancelAt = (index: number) => {
          const timer = all[index % Math.max(1, all.length)]
          if (timer === undefined) return
          cancel(heap, timer)
          list.timers = list.timers.filter((other) => other !== timer)
        }
        for (const each of operations) {
          if ('push' in each) push(each.push)
          else if ('cancel' in each) cancelAt(each.cancel)
          else if ('pushMany' in each) for (let i = 0; i < each.pushMany; i++) push((i * 7) % 13)
          else if ('cancelMany' in each) for (let i = 0; i < each.cancelMany; i++) cancelAt(i * 5)
          else expect((heap.popDue(each.pop) as Timer | undefined)?.id).toBe(list.popDue(each.pop)?.id)
          expect(heap.live).toBe(list.timers.length)
          expect(heap.nextWhen()).toBe(list.timers[0]?._when ?? Infinity)
        }
        const drained = []
        for (let timer = heap.popDue(Infinity); timer !== undefined; timer = heap.popDue(Infinity)) drained.push(timer)
        expect(drained.map((timer) => (timer as Timer).id)).toEqual(list.timers.map((timer) => timer.id))
      }),
      { numRuns: 400 },
    )
  })
})
