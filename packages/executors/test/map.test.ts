import { afterAll, describe, expect, it } from 'vitest'
import { coroutine, getRunningLoop, ValueError } from '@asyncio-ts/core'
import type { Suspension } from '@asyncio-ts/core'
import { ThreadPoolExecutor } from '../src/index.ts'
import { enter, Gate } from './gate.ts'

const executor = new ThreadPoolExecutor({ maxWorkers: 2 })
afterAll(() => executor.shutdown())

const square = (n: number): number => n * n

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

/** Counts what is taken of it, and whether it was closed. */
function source(end = Infinity) {
  const state = { taken: 0, isClosed: false }
  function* items(): Generator<number> {
    try {
      while (state.taken < end) yield state.taken++
    } finally {
      state.isClosed = true
    }
  }
  return { state, items: items() }
}

describe('map', () => {
  it.each([1, 3, 100])('gives the results in the order of the items (chunks of %s)', async (chunksize) => {
    const numbers = Array.from({ length: 10 }, (_, index) => index)
    expect(await collect(executor.map(square, numbers, { chunksize }))).toEqual(numbers.map(square))
  })

  it('awaits async functions in a chunk', async () => {
    const later = async (n: number): Promise<number> => n + 1
    expect(await collect(executor.map(later, [1, 2, 3], { chunksize: 2 }))).toEqual([2, 3, 4])
  })

  it('can be iterated by a generator', async () => {
    const sum = coroutine(function* (): Generator<Suspension, number, unknown> {
      const results = executor.map(square, [1, 2, 3])
      let total = 0
      for (;;) {
        const { done, value } = yield* results.next()
        if (done === true) return total
        total += value
      }
    })
    expect(await sum()).toBe(14)
  })

  it('takes items of an async iterable', async () => {
    async function* numbers(): AsyncGenerator<number> {
      yield* [1, 2, 3]
    }
    expect(await collect(executor.map(square, numbers(), { chunksize: 2 }))).toEqual([1, 4, 9])
  })

  it('takes nothing before the first result is asked for, and then no more than the buffer holds', async () => {
    const { state, items } = source()
    const results = executor.map(square, items, { chunksize: 2, buffersize: 3 })
    expect(state.taken).toBe(0)
    expect(await results.next()).toEqual({ done: false, value: 0 })
    expect(state.taken).toBe(6)
    expect(await results.next()).toEqual({ done: false, value: 1 })
    expect(state.taken).toBe(6)
    expect(await results.next()).toEqual({ done: false, value: 4 })
    expect(state.taken).toBe(8)
    await results.return()
  })

  it('cancels what is left, and closes its source, when the loop is left', async () => {
    const { state, items } = source()
    for await (const result of executor.map(square, items, { buffersize: 4 })) if (result === 4) break
    expect(state).toEqual({ taken: 6, isClosed: true })
  })

  it('ends with the first error, and cancels the rest', async () => {
    const { state, items } = source()
    const fail = (n: number): number => {
      if (n === 2) throw new RangeError(`not ${n}`)
      return n
    }
    const results = executor.map(fail, items, { buffersize: 4 })
    expect([(await results.next()).value, (await results.next()).value]).toEqual([0, 1])
    await expect(results.next()).rejects.toThrow('not 2')
    expect(state.isClosed).toBe(true)
    expect(await results.next()).toEqual({ done: true, value: undefined })
  })

  it('is cancelled with the task that waits for a result', async () => {
    const gate = new Gate()
    const { state, items } = source()
    const results = executor.map(
      ([memory]: Int32Array[]) => void Atomics.wait(memory!, 1, 0),
      (function* () {
        for (const _ of items) yield [gate.memory]
      })(),
      { buffersize: 8 },
    )
    const task = getRunningLoop().createTask(() => results.next())
    const counted = executor.submit(enter, gate.memory, 'after the first two')
    while (state.taken === 0) await new Promise((resolve) => setImmediate(resolve))
    task.cancel()
    await expect(task).rejects.toMatchObject({ name: 'CancelledError' })
    gate.open()
    expect(await counted).toBe('after the first two')
    expect(state).toEqual({ taken: 8, isClosed: true })
  })

  it('of nothing is nothing', async () => {
    expect(await collect(executor.map(square, []))).toEqual([])
  })

  it('checks its arguments at the call', () => {
    const outer = 1
    expect(() => executor.map((n: number) => n + outer, [1])).toThrow(/refers to 'outer'/)
    expect(() => executor.map(square, [1], { chunksize: 0 })).toThrow(ValueError)
    expect(() => executor.map(square, [1], { buffersize: 0.5 })).toThrow(ValueError)
  })
})
