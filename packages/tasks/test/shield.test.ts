import { describe, expect, it } from 'vitest'
import { isCancelled } from '@asyncio-ts/core'
import { ManualLoop, runManually } from '../../../test-support/manual-loop.ts'
import { createTask, shield, sleep } from '../src/index.ts'

/** Runs `main` and returns the messages that reached the exception handler. */
async function reports(main: () => Promise<void>): Promise<string[]> {
  const messages: string[] = []
  const loop = new ManualLoop()
  loop.setExceptionHandler((_loop, { message }) => messages.push(message))
  await runManually(main, loop)
  return messages
}

async function failLater(): Promise<never> {
  await sleep(2)
  throw new RangeError('late')
}

describe('the late error of what a shield has given up', () => {
  it('is reported once, when nobody waits for it, however many shields gave it up', async () => {
    const messages = await reports(async () => {
      const task = createTask(failLater)
      for (const outer of [shield(task), shield(task)]) outer.cancel()
      await sleep(5)
    })
    expect(messages).toEqual(['RangeError exception in shielded future'])
  })

  it.each([1, 3])('is not reported when another task waits for it, whoever came first: %s seconds', async (seconds) => {
    const messages = await reports(async () => {
      const task = createTask(failLater)
      const outer = shield(task)
      const caught = async (): Promise<void> => {
        try {
          await task
        } catch (error) {
          expect(isCancelled(error)).toBe(false)
        }
      }
      const waiting = createTask(async () => {
        await sleep(seconds / 2)
        await caught()
      })
      await sleep(1)
      outer.cancel()
      await waiting
      await sleep(5)
    })
    expect(messages).toEqual([])
  })
})
