import { describe, expect, it } from 'vitest'
import { Future, getRunningLoop, isCancelled } from '@asyncio-ts/core'
import { runManually } from '../../../test-support/manual-loop.ts'
import { asCompleted, createTask, gather, sleep } from '../src/index.ts'

describe('asCompleted that is left early', () => {
  it.each(['for await', 'for', 'throw'])('watches nothing any more: %s', async (how) => {
    await runManually(async () => {
      const longLived = new Future()
      for (let i = 0; i < 3; i++) {
        const quick = createTask(sleep(0))
        if (how === 'for') {
          for (const next of asCompleted([quick, longLived], { timeout: 100 })) {
            await next
            break
          }
        } else {
          const leave = async (): Promise<void> => {
            for await (const done of asCompleted([quick, longLived], { timeout: 100 })) {
              expect(done).toBe(quick)
              if (how === 'throw') throw new Error('left')
              break
            }
          }
          if (how === 'throw') await expect(leave()).rejects.toThrow('left')
          else await leave()
        }
      }
      expect(String(longLived)).toBe('<Future pending>')
      expect(getRunningLoop().nextTimeout()).toBe(null)
    })
  })

  it('still gives the results that were asked for', async () => {
    await runManually(async () => {
      const futures = [1, 2, 3].map((n) => createTask(sleep(n, n)))
      const [first, second] = asCompleted(futures)
      expect(await gather(first!, second!)).toEqual([1, 2])
      expect(String(futures[2])).not.toContain('onDone')
      await futures[2]
    })
  })

  it('ends the iteration that has been told to end', async () => {
    await runManually(async () => {
      const iterator = asCompleted([new Future(), new Future()])
      expect(await iterator.return()).toEqual({ done: true, value: undefined })
      expect(await iterator.next()).toEqual({ done: true, value: undefined })
    })
  })

  it('passes the wake-up of a cancelled wait on', async () => {
    await runManually(async () => {
      const future = new Future<string>()
      const [first, second] = asCompleted([future, new Future()])
      const cancelled = createTask(first!)
      const other = createTask(second!)
      await sleep(0)
      future.setResult('for the other')
      cancelled.cancel()
      const error: unknown = await cancelled.then(undefined, (caught: unknown) => caught)
      expect(isCancelled(error)).toBe(true)
      expect(await other).toBe('for the other')
    })
  })
})
