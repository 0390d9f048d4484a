import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ExceptionGroup, getRunningLoop, isCancelled } from '@asyncio-ts/core'
import { runManually } from '../../../test-support/manual-loop.ts'
import { allTasks, createTask, currentTask, mapConcurrent, sleep } from '../src/index.ts'

describe('mapConcurrent', () => {
  it('keeps the order of the items and uses the limit, never more', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 30 }),
        fc.integer({ min: 1, max: 8 }),
        fc.boolean(),
        async (delays, limit, asAsync) => {
          let running = 0
          let peak = 0
          const body = function* (delay: number, index: number) {
            peak = Math.max(peak, ++running)
            yield* sleep(delay)
            running--
            return index
          }
          const asyncBody = async (delay: number, index: number): Promise<number> => {
            peak = Math.max(peak, ++running)
            await sleep(delay)
            running--
            return index
          }
          const results = await runManually(() => mapConcurrent(delays, asAsync ? asyncBody : body, { limit }))
          expect(results).toEqual(delays.map((_delay, index) => index))
          expect(peak).toBeLessThanOrEqual(limit)
          expect(peak).toBe(Math.min(limit, delays.length))
        },
      ),
      { numRuns: 100 },
    )
  })

  it('takes an item only when there is room for it', async () => {
    let taken = 0
    function* endless() {
      for (;;) yield taken++
    }
    await runManually(async () => {
      const task = createTask(() => mapConcurrent(endless(), () => sleep(1), { limit: 3 }))
      await sleep(2.5)
      expect(taken).toBe(9)
      task.cancel()
      await expect(task).rejects.toThrow()
      expect(allTasks().size).toBe(1)
    })
  })

  it('reads async iterables', async () => {
    async function* items() {
      yield 1
      yield 2
    }
    expect(await runManually(() => mapConcurrent(items(), (n) => n * 2, { limit: 5 }))).toEqual([2, 4])
  })

  it('cancels the other calls when one fails, and throws its error once they have unwound', async () => {
    const log: string[] = []
    const fails = new Error('second')
    await runManually(async () => {
      const body = async (n: number): Promise<void> => {
        try {
          await sleep(n)
          if (n === 2) throw fails
        } finally {
          await sleep(0.5)
          log.push(`${n} out at ${getRunningLoop().time()}`)
        }
      }
      await expect(mapConcurrent([10, 2, 20, 30], body, { limit: 3 })).rejects.toBe(fails)
    })
    expect(log).toEqual(['2 out at 2.5', '10 out at 3', '20 out at 3'])
  })

  it('throws an ExceptionGroup when several fail', async () => {
    const body = function* (n: number) {
      yield* sleep(1)
      throw new Error(String(n))
    }
    await expect(runManually(() => mapConcurrent([1, 2], body, { limit: 2 }))).rejects.toBeInstanceOf(ExceptionGroup)
  })
})

/** What an iterator was asked, in which order. */
function logged<T>(items: AsyncGenerator<T>, log: string[]): AsyncIterable<T> {
  return {
    [Symbol.asyncIterator]: () => ({
      async next() {
        log.push('next')
        const result = await items.next()
        log.push('got')
        return result
      },
      async return() {
        log.push('return')
        await sleep(1)
        await items.return(undefined)
        log.push('closed')
        return { done: true, value: undefined }
      },
    }),
  }
}

describe('mapConcurrent over an async iterator', () => {
  it('takes one item at a time, and numbers them in the order in which they come', async () => {
    const log: string[] = []
    async function* slowToBegin() {
      await sleep(5)
      for (let n = 0; n < 5; n++) yield n
    }
    const seen: number[] = []
    const results = await runManually(() =>
      mapConcurrent(
        logged(slowToBegin(), log),
        async (n, index) => {
          seen.push(index)
          await sleep(5 - n)
          return n
        },
        { limit: 3 },
      ),
    )
    expect(results).toEqual([0, 1, 2, 3, 4])
    expect(seen).toEqual([0, 1, 2, 3, 4])
    expect(log).toEqual(Array.from({ length: 6 }, () => ['next', 'got']).flat())
  })

  it('takes an item only when there is room for it', async () => {
    let taken = 0
    async function* endless() {
      for (;;) yield taken++
    }
    await runManually(async () => {
      const task = createTask(() => mapConcurrent(endless(), () => sleep(1), { limit: 3 }))
      await sleep(2.5)
      expect(taken).toBe(9)
      task.cancel()
      await expect(task).rejects.toThrow()
      expect(allTasks().size).toBe(1)
    })
  })

  it.each([
    ['a call fails', 'failure'],
    ['it is cancelled', 'cancel'],
  ])('closes the iterator, and waits for it, when %s', async (_when, how) => {
    const log: string[] = []
    async function* items() {
      try {
        yield 1
        yield 2
        await sleep(100)
      } finally {
        log.push('finally')
      }
    }
    await runManually(async () => {
      const task = createTask(() =>
        mapConcurrent(
          logged(items(), log),
          async (n) => {
            await sleep(n)
            if (how === 'failure') throw new Error('of a call')
            await sleep(100)
          },
          { limit: 2 },
        ),
      )
      if (how === 'cancel') getRunningLoop().callLater(1.5, () => task.cancel())
      await expect(task).rejects.toMatchObject(how === 'cancel' ? { name: 'CancelledError' } : { message: 'of a call' })
      expect(log.at(-1)).toBe('closed')
      expect(log).toContain('finally')
      expect(getRunningLoop().time()).toBe(how === 'cancel' ? 2.5 : 2)
      expect(allTasks().size).toBe(1)
    })
  })

  it('does not wait for an iterator that nothing can interrupt', async () => {
    let settle!: () => void
    let isClosed = false
    async function* items() {
      try {
        yield 1
        await new Promise<void>((resolve) => (settle = resolve))
      } finally {
        isClosed = true
      }
    }
    await runManually(async () => {
      const call = mapConcurrent(
        items(),
        async () => {
          await sleep(1)
          throw new Error('of a call')
        },
        { limit: 2 },
      )
      await expect(call).rejects.toThrow('of a call')
      expect(getRunningLoop().time()).toBe(1)
      expect(isClosed).toBe(false)
      settle()
      await sleep(1)
      expect(isClosed).toBe(true)
    })
  })

  it('throws the error of the iterator once the calls have unwound, and does not close it', async () => {
    const log: string[] = []
    async function* items() {
      yield 1
      await sleep(1)
      throw new Error('of the iterator')
    }
    await runManually(async () => {
      const call = mapConcurrent(
        logged(items(), log),
        async () => {
          try {
            await sleep(10)
          } finally {
            log.push('unwound')
          }
        },
        { limit: 5 },
      )
      await expect(call).rejects.toThrow('of the iterator')
    })
    expect(log.at(-1)).toBe('unwound')
    expect(log).not.toContain('return')
  })

  it('leaves a ReadableStream unlocked', async () => {
    await runManually(async () => {
      const stream = new ReadableStream<number>({ pull: (controller) => controller.enqueue(1) })
      await expect(mapConcurrent(stream as never, () => Promise.reject(new Error('x')), { limit: 2 })).rejects.toThrow()
      expect(stream.locked).toBe(false)
    })
  })

  it('gives the awaits of a generator to the task that takes the items', async () => {
    await runManually(async () => {
      const items = {
        [Symbol.asyncIterator]: () => ({ next: () => sleep(1, { done: true as const, value: undefined }) }),
      }
      expect(await mapConcurrent(items as never, (n) => n, { limit: 1 })).toEqual([])
    })
  })
})

describe('mapConcurrent over an iterator', () => {
  it('closes it when a call fails', async () => {
    let isClosed = false
    function* items() {
      try {
        for (;;) yield 1
      } finally {
        isClosed = true
      }
    }
    await expect(
      runManually(() => mapConcurrent(items(), () => Promise.reject(new Error('x')), { limit: 1 })),
    ).rejects.toThrow('x')
    expect(isClosed).toBe(true)
  })

  it('without a limit makes one task for each item, and can be cancelled over an endless one', async () => {
    await runManually(async () => {
      expect(await mapConcurrent(new Set([1, 2, 3]), (n) => n * 2, { limit: Infinity })).toEqual([2, 4, 6])
      function* endless() {
        for (;;) yield 1
      }
      const task = createTask(() => mapConcurrent(endless(), () => sleep(1), { limit: Infinity }))
      await sleep(0)
      await sleep(0)
      task.cancel()
      await expect(task).rejects.toMatchObject({ name: 'CancelledError' })
    })
  })

  it.each([
    ['an iterator', () => [1, 2, 3]],
    [
      'an async iterator',
      async function* () {
        yield* [1, 2, 3]
      },
    ],
  ])('ends in a CancelledError when a task of it was cancelled before it began: %s', async (_name, items) => {
    await runManually(async () => {
      const call = createTask(() => mapConcurrent(items() as Iterable<number>, (n) => sleep(n, n), { limit: 1 }))
      const known = new Set(allTasks())
      for (;;) {
        await sleep(0)
        const begun = [...allTasks()].filter((task) => !known.has(task))
        const worker = begun.find((task) => String(task).includes('generator'))
        if (worker !== undefined) {
          worker.cancel()
          break
        }
      }
      await expect(call).rejects.toMatchObject({ name: 'CancelledError' })
      expect(allTasks().size).toBe(1)
    })
  })

  it('ends in a CancelledError when a call cancels itself after the last item was taken', async () => {
    async function* items() {
      yield* [1, 2]
    }
    await runManually(async () => {
      const body = async (n: number): Promise<number> => {
        await sleep(n)
        if (n === 2) currentTask()!.cancel()
        await sleep(1)
        return n
      }
      await expect(mapConcurrent(items(), body, { limit: 5 })).rejects.toMatchObject({ name: 'CancelledError' })
    })
  })

  it('goes on when a call has caught a cancel of its own', async () => {
    await runManually(async () => {
      const body = async (n: number): Promise<number> => {
        currentTask()!.cancel()
        try {
          await sleep(1)
        } catch (error) {
          expect(isCancelled(error)).toBe(true)
        }
        return n
      }
      expect(await mapConcurrent([1, 2, 3], body, { limit: 1 })).toEqual([1, 2, 3])
    })
  })

  it('takes no further item when it is cancelled and a call catches the cancel', async () => {
    const begun: number[] = []
    await runManually(async () => {
      const task = createTask(() =>
        mapConcurrent(
          [1, 2, 3],
          async (n) => {
            begun.push(n)
            try {
              await sleep(5)
            } catch (error) {
              expect(isCancelled(error)).toBe(true)
            }
          },
          { limit: 1 },
        ),
      )
      await sleep(1)
      task.cancel()
      await expect(task).rejects.toMatchObject({ name: 'CancelledError' })
    })
    expect(begun).toEqual([1])
  })

  it('ends in a CancelledError when a call has cancelled itself', async () => {
    const log: string[] = []
    await runManually(async () => {
      const call = mapConcurrent(
        [1, 2, 3],
        async (n) => {
          try {
            await sleep(n)
            if (n === 2) currentTask()!.cancel()
            await sleep(10)
          } finally {
            log.push(`${n} at ${getRunningLoop().time()}`)
          }
        },
        { limit: 3 },
      )
      await expect(call).rejects.toMatchObject({ name: 'CancelledError' })
      expect(currentTask()!.cancelling()).toBe(0)
    })
    expect(log).toEqual(['2 at 2', '1 at 2', '3 at 2'])
  })
})
