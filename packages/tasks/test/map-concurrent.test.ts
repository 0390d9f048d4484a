import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ExceptionGroup, getRunningLoop } from '@asyncio-ts/core'
import { runVirtual } from '../../../test-support/virtual-loop.ts'
import { allTasks, createTask, mapConcurrent, sleep } from '../src/index.ts'

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
          const results = await runVirtual(() => mapConcurrent(delays, asAsync ? asyncBody : body, { limit }))
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
    await runVirtual(async () => {
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
    expect(await runVirtual(() => mapConcurrent(items(), (n) => n * 2, { limit: 5 }))).toEqual([2, 4])
  })

  it('cancels the other calls when one fails, and throws its error once they have unwound', async () => {
    const log: string[] = []
    const fails = new Error('second')
    await runVirtual(async () => {
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
    await expect(runVirtual(() => mapConcurrent([1, 2], body, { limit: 2 }))).rejects.toBeInstanceOf(ExceptionGroup)
  })
})
