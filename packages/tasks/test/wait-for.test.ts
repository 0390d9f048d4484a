import { describe, expect, it } from 'vitest'
import { TimeoutError } from '@asyncio-ts/core'
import { runManually } from '../../../test-support/manual-loop.ts'
import { createTask, sleep, waitFor } from '../src/index.ts'

function nextWarning(): Promise<Error & { code?: string }> {
  return new Promise((resolve) => process.once('warning', resolve))
}

describe('waitFor', () => {
  it('warns once when it gives up on a promise, and says to pass the function', async () => {
    const warned: (Error & { code?: string })[] = []
    const note = (warning: Error): void => void warned.push(warning)
    const first = nextWarning()
    process.on('warning', note)
    await runManually(async () => {
      const query = (): Promise<never> => new Promise(() => undefined)
      await waitFor(Promise.resolve(1), 1)
      await waitFor(() => sleep(1), 2)
      await expect(waitFor(query(), 1)).rejects.toBeInstanceOf(TimeoutError)
      await expect(waitFor(query(), 1)).rejects.toBeInstanceOf(TimeoutError)
      await expect(waitFor(query(), 0)).rejects.toBeInstanceOf(TimeoutError)
    })
    expect(await first).toMatchObject({ name: 'AsyncioWarning', code: 'ASYNCIO_PROMISE_GIVEN_UP' })
    expect(warned.map(({ message }) => message)).toEqual([expect.stringMatching(/Pass the function/)])
    process.off('warning', note)
  })

  it('with no time at all, returns what is done and cancels the rest', async () => {
    await runManually(async () => {
      const done = createTask(sleep(0, 'done'))
      await sleep(1)
      expect(await waitFor(done, 0)).toBe('done')
      const task = createTask(sleep(5))
      const error: unknown = await waitFor(task, 0).catch((caught: unknown) => caught)
      expect(error).toBeInstanceOf(TimeoutError)
      expect((error as Error).cause).toMatchObject({ name: 'CancelledError' })
      expect(task.cancelled()).toBe(true)
    })
  })
})
