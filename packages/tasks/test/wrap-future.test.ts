import { describe, expect, it } from 'vitest'
import { isCancelled } from '@asyncio-ts/core'
import { runManually } from '../../../test-support/manual-loop.ts'
import { createTask, gather, sleep, waitFor, wrapFuture } from '../src/index.ts'

describe('wrapFuture', () => {
  it.each(['yield*', 'await'])('gives the result and the error of a promise (%s)', async (spelling) => {
    const failure = new Error('failed')
    const log: unknown[] = []
    if (spelling === 'await') {
      await runManually(async () => {
        log.push(await wrapFuture(Promise.resolve('value')))
        await wrapFuture(Promise.reject(failure)).catch((error: unknown) => log.push(error))
      })
    } else {
      await runManually(function* () {
        log.push(yield* wrapFuture(Promise.resolve('value')))
        try {
          yield* wrapFuture(Promise.reject(failure))
        } catch (error) {
          log.push(error)
        }
      })
    }
    expect(log).toEqual(['value', failure])
  })

  it('aborts its signal when it is cancelled, and lets the task go on at once', async () => {
    let signal!: AbortSignal
    await runManually(function* () {
      const task = createTask(function* () {
        yield* wrapFuture((given) => {
          signal = given
          return new Promise(() => undefined)
        })
      })
      yield* sleep(1)
      expect(signal.aborted).toBe(false)
      task.cancel('enough')
      yield* gather([task], { returnExceptions: true })
      expect(task.cancelled()).toBe(true)
    })
    expect(signal.aborted).toBe(true)
    expect(isCancelled(signal.reason)).toBe(true)
  })

  it('drops what a promise does after it was cancelled', async () => {
    let reject!: (error: Error) => void
    const promise = new Promise((_resolve, fail) => (reject = fail))
    await runManually(async () => {
      await expect(waitFor(wrapFuture(promise), 1)).rejects.toMatchObject({ name: 'TimeoutError' })
    })
    reject(new Error('nobody may hear of this'))
    await new Promise((resolve) => setImmediate(resolve))
  })

  it('returns a future as it is', async () => {
    await runManually(async () => {
      const task = createTask(sleep(0, 1))
      expect(wrapFuture(task)).toBe(task)
      await task
    })
  })
})
