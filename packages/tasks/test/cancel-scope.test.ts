import { EventEmitter, once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { currentTask, Future, getRunningLoop, isCancelled, TimeoutError } from '@asyncio-ts/core'
import { runManually } from '../../../test-support/manual-loop.ts'
import { createTask, gather, sleep, taskGroup, timeout, timeoutAt, waitFor } from '../src/index.ts'

/** An operation of a host that does not say why it was aborted. */
function bareAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new DOMException('The operation was aborted.', 'AbortError')))
  })
}

/** A promise of somebody else, fulfilled after some seconds of the loop. */
function foreign<T>(seconds: number, value: T): Promise<T> {
  return new Promise((resolve) => getRunningLoop().callLater(seconds, resolve, value))
}

const limits = {
  timeout: (body: (limit: { signal: AbortSignal }) => Promise<unknown>) => timeout(1, body),
  timeoutAt: (body: (limit: { signal: AbortSignal }) => Promise<unknown>) => timeoutAt(1, body),
  waitFor: (body: (limit: { signal: AbortSignal }) => Promise<unknown>) => waitFor(body, 1),
}

describe.each(Object.entries(limits))('the signal of %s', (_name, limited) => {
  it('aborts when the time is up, and the caller gets a TimeoutError', async () => {
    await runManually(async () => {
      const emitter = new EventEmitter()
      await expect(limited(({ signal }) => once(emitter, 'never', { signal }))).rejects.toBeInstanceOf(TimeoutError)
      expect(getRunningLoop().time()).toBe(1)
      expect(currentTask()!.cancelling()).toBe(0)
      await sleep(1)
    })
  })

  it('counts as a time limit where the host does not say why it aborted', async () => {
    await runManually(async () => {
      const error: unknown = await limited(({ signal }) => bareAbort(signal)).catch((caught: unknown) => caught)
      expect(error).toBeInstanceOf(TimeoutError)
      expect(isCancelled((error as Error).cause)).toBe(true)
    })
  })

  it('translates what the signal of the task has aborted, too', async () => {
    await runManually(async () => {
      const body = async (): Promise<unknown> => bareAbort(currentTask()!.signal)
      await expect(limited(body)).rejects.toBeInstanceOf(TimeoutError)
    })
  })

  it('passes an abort on that is not ours', async () => {
    await runManually(async () => {
      const own = new AbortController()
      getRunningLoop().callLater(0.5, () => own.abort())
      await expect(limited(() => bareAbort(own.signal))).rejects.toMatchObject({ name: 'AbortError' })
    })
  })

  it('aborts when the task is cancelled, with the CancelledError as its reason', async () => {
    await runManually(async () => {
      let signal!: AbortSignal
      const task = createTask(() =>
        limited(async (limit) => {
          signal = limit.signal
          await sleep(10)
        }),
      )
      await sleep(0.5)
      task.cancel('enough')
      expect(signal.aborted).toBe(true)
      expect(isCancelled(signal.reason)).toBe(true)
      expect((signal.reason as Error).message).toBe('enough')
      await gather([task], { returnExceptions: true })
      expect(task.cancelled()).toBe(true)
    })
  })
})

describe('the signal of a scope', () => {
  it('is left alone by a limit inside of it', async () => {
    await runManually(async () => {
      await timeout(5, async ({ signal }) => {
        await timeout(1, () => sleep(2)).catch(() => undefined)
        expect(signal.aborted).toBe(false)
        await taskGroup(async (tg) => {
          tg.cancel()
          await sleep(1)
        })
        expect(signal.aborted).toBe(false)
        const inner = timeout(10, async (limit) => {
          expect(limit.signal.aborted).toBe(false)
          try {
            await sleep(60)
          } finally {
            expect(limit.signal.aborted).toBe(true)
          }
        })
        await inner
      }).catch((error: Error) => expect(error.name).toBe('TimeoutError'))
      expect(getRunningLoop().time()).toBe(5)
    })
  })

  it('is aborted when it is first read too late', async () => {
    await runManually(async () => {
      await timeout(1, async (limit) => {
        await foreign(2, null)
        expect(limit.signal.aborted).toBe(true)
      }).catch((error: Error) => expect(error.name).toBe('TimeoutError'))
    })
  })

  it('does not change after the end of the scope', async () => {
    await runManually(async () => {
      let signal!: AbortSignal
      const task = createTask(async () => {
        await timeout(1, async (limit) => void (signal = limit.signal))
        await sleep(10)
      })
      await sleep(2)
      task.cancel()
      await gather([task], { returnExceptions: true })
      expect(signal.aborted).toBe(false)
    })
  })
})

describe('the signal of a task group', () => {
  it('aborts when a task fails, and what it aborted is no error of the group', async () => {
    await runManually(async () => {
      const failure = new Error('real')
      const error: unknown = await taskGroup(async (tg) => {
        tg.createTask(() => bareAbort(tg.signal))
        tg.createTask(() => once(new EventEmitter(), 'never', { signal: tg.signal }))
        tg.createTask(async () => {
          await sleep(1)
          throw failure
        })
        await bareAbort(tg.signal)
      }).catch((caught: unknown) => caught)
      expect((error as AggregateError).errors).toEqual([failure])
      expect(currentTask()!.cancelling()).toBe(0)
      await sleep(0)
    })
  })

  it('aborts when the group is cancelled, before it begins as well', async () => {
    await runManually(async () => {
      await taskGroup(async (tg) => {
        getRunningLoop().callLater(1, () => tg.cancel())
        await bareAbort(tg.signal)
      })
      expect(getRunningLoop().time()).toBe(1)
    })
  })

  it('an abort by a cancel from outside is a cancel, and no ExceptionGroup', async () => {
    await runManually(async () => {
      await expect(timeout(1, () => taskGroup(async (tg) => bareAbort(tg.signal)))).rejects.toBeInstanceOf(TimeoutError)
    })
  })
})

describe('a body that ends before its cancel was delivered', () => {
  it.each(Object.entries(limits))('ends in a TimeoutError: %s', async (_name, limited) => {
    await runManually(async () => {
      await expect(limited(() => foreign(3, 'late'))).rejects.toBeInstanceOf(TimeoutError)
      expect(currentTask()!.cancelling()).toBe(0)
      await sleep(1)
      expect(getRunningLoop().time()).toBe(4)
    })
  })

  it('leaves no cancel behind in a task that has been cancelled and has gone on', async () => {
    await runManually(async () => {
      const task = createTask(async () => {
        try {
          await sleep(10)
        } catch (error) {
          expect(isCancelled(error)).toBe(true)
        }
        await timeout(1, () => foreign(3, 'late')).catch((error: Error) => expect(error.name).toBe('TimeoutError'))
        await sleep(1)
        return 'went on'
      })
      await sleep(1)
      task.cancel()
      expect(await task).toBe('went on')
    })
  })

  it('passes the errors of a group on', async () => {
    await runManually(async () => {
      const ended = taskGroup(async (tg) => {
        tg.createTask(async () => {
          throw new Error('real')
        })
        return foreign(3, 'late')
      })
      await expect(ended).rejects.toMatchObject({ errors: [{ message: 'real' }] })
      await sleep(1)
    })
  })

  it('keeps a cancel from outside for the next await', async () => {
    await runManually(async () => {
      const task = createTask(async () => {
        const value = await timeout(10, () => foreign(3, 'late'))
        expect(value).toBe('late')
        await sleep(1)
      })
      await sleep(1)
      task.cancel()
      await gather([task], { returnExceptions: true })
      expect(task.cancelled()).toBe(true)
    })
  })
})

describe('a body with a default value for its parameter', () => {
  it.each([
    ['timeout', (body: () => Promise<unknown>) => timeout(1, body)],
    ['taskGroup', (body: () => Promise<unknown>) => taskGroup(body)],
    ['waitFor', (body: () => Promise<unknown>) => waitFor(body, 1)],
  ])('gets it from %s', async (_name, call) => {
    await runManually(async () => {
      expect(await call(async (value = 'default') => value)).toBe('default')
    })
  })
})

describe('a limit in a task whose cancel has not been delivered', () => {
  it.each([0, 1])('does not hide the cancel: %s seconds', async (seconds) => {
    await runManually(async () => {
      const task = createTask(async () => {
        currentTask()!.cancel()
        await timeout(seconds, () => sleep(2))
      })
      await gather([task], { returnExceptions: true })
      expect(task.cancelled()).toBe(true)
      expect(task.cancelling()).toBe(1)
    })
  })

  it('expires as ever when the cancel was taken back', async () => {
    await runManually(async () => {
      currentTask()!.cancel()
      currentTask()!.uncancel()
      await expect(timeout(0, () => new Future())).rejects.toBeInstanceOf(TimeoutError)
    })
  })
})
