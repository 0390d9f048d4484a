import { describe, expect, it } from 'vitest'
import { ContextVar, currentTask, Future, getRunningLoop, isCancelled, TimeoutError } from '@asyncio-ts/core'
import { ManualLoop, runManually, settle } from '../../../test-support/manual-loop.ts'
import { allTasks, createTask, gather, sleep, timeout, timeoutAt, waitFor } from '../src/index.ts'
import type { Timeout } from '../src/index.ts'

type AsyncBody = (limit: Timeout) => Promise<unknown>

const limits = {
  timeout: (body: AsyncBody) => timeout(1, body, { abandon: true }),
  timeoutAt: (body: AsyncBody) => timeoutAt(1, body, { abandon: true }),
  waitFor: (body: AsyncBody) => waitFor(body, 1, { abandon: true }),
}

describe.each(Object.entries(limits))('%s that may abandon its body', (_name, limited) => {
  it('goes on at once when the time is up, and tells the body', async () => {
    const log: string[] = []
    let settleForeign!: () => void
    await runManually(async () => {
      const promise = new Promise<void>((resolve) => (settleForeign = resolve))
      const ended = limited(async ({ signal }) => {
        signal.addEventListener('abort', () => log.push('signal'))
        await promise
        log.push('goes on')
        try {
          await sleep(5)
        } catch (error) {
          log.push(isCancelled(error) ? 'cancelled' : String(error))
          throw error
        } finally {
          log.push('unwound')
        }
      })
      await expect(ended).rejects.toBeInstanceOf(TimeoutError)
      expect(getRunningLoop().time()).toBe(1)
      expect(log).toEqual(['signal'])
      expect(allTasks().size).toBe(1)
      settleForeign()
      await sleep(1)
      expect(log).toEqual(['signal', 'goes on', 'cancelled', 'unwound'])
    })
  })

  it('returns and throws what the body does', async () => {
    await runManually(async () => {
      expect(await limited(async () => 'at once')).toBe('at once')
      expect(await limited(() => sleep(0.5, 'in time') as Promise<unknown>)).toBe('in time')
      const failure = new Error('of the body')
      await expect(limited(() => Promise.reject(failure))).rejects.toBe(failure)
      expect(allTasks().size).toBe(1)
      expect(getRunningLoop().nextTimeout()).toBe(null)
    })
  })

  it('drops what the body throws later', async () => {
    const loop = new ManualLoop()
    const reported: unknown[] = []
    loop.setExceptionHandler((_loop, context) => reported.push(context))
    let fail!: (error: Error) => void
    await runManually(async () => {
      await expect(limited(() => new Promise((_resolve, reject) => (fail = reject)))).rejects.toBeInstanceOf(
        TimeoutError,
      )
      fail(new Error('nobody may hear of this'))
      await sleep(1)
    }, loop)
    await settle()
    expect(reported).toEqual([])
  })

  it('goes on at once when the task is cancelled from outside', async () => {
    await runManually(async () => {
      const task = createTask(() => limited(() => new Promise(() => undefined)))
      await sleep(0.5)
      task.cancel()
      await gather([task], { returnExceptions: true })
      expect(task.cancelled()).toBe(true)
      expect(getRunningLoop().time()).toBe(0.5)
    })
  })
})

describe('a body that may be abandoned', () => {
  it('shares the context of the caller, and has a task of its own', async () => {
    const variable = new ContextVar<string>('variable')
    await runManually(async () => {
      let inner
      await timeout(
        1,
        async () => {
          variable.set('from the body')
          inner = currentTask()
        },
        { abandon: true },
      )
      expect(variable.get()).toBe('from the body')
      expect(inner).not.toBe(currentTask())
    })
  })

  it('is waited for at the end of the loop while it cleans up', async () => {
    const log: string[] = []
    await runManually(async () => {
      const ended = timeout(
        1,
        function* () {
          try {
            yield* sleep(5)
          } finally {
            yield* sleep(2)
            log.push(`cleaned up at ${getRunningLoop().time()}`)
          }
        },
        { abandon: true },
      )
      await ended.catch((error: Error) => log.push(`${error.name} at ${getRunningLoop().time()}`))
      expect(allTasks().size).toBe(2)
      await sleep(3)
    })
    expect(log).toEqual(['TimeoutError at 1', 'cleaned up at 3'])
  })

  it('may wait for a future of the caller, which is cancelled', async () => {
    await runManually(async () => {
      const future = new Future()
      await expect(waitFor(future, 1, { abandon: true })).rejects.toBeInstanceOf(TimeoutError)
      expect(future.cancelled()).toBe(true)
    })
  })

  it('with no time at all, is cancelled without being waited for', async () => {
    await runManually(async () => {
      const task = createTask(async () => {
        try {
          await sleep(5)
        } finally {
          await sleep(5)
        }
      })
      await sleep(0)
      await expect(waitFor(task, 0, { abandon: true })).rejects.toBeInstanceOf(TimeoutError)
      expect(getRunningLoop().time()).toBe(0)
      await gather([task], { returnExceptions: true })
      expect(getRunningLoop().time()).toBe(5)
    })
  })
})
