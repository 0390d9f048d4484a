import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exec } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TaskView } from '../../src/index.ts'
import { drive, ManualLoop, settle } from '../../../../test-support/manual-loop.ts'
import { sleep } from '../../../../test-support/sleep.ts'

const server = createServer(() => undefined)
let url = ''
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

interface Outcome {
  readonly seen: string[]
  readonly cancelled: boolean
}

/** Cancels a task while it waits for `operation`, and tells what it did after that. */
async function cancelDuring(operation: (task: TaskView) => Promise<unknown>): Promise<Outcome> {
  const loop = new ManualLoop()
  const seen: string[] = []
  const task = loop.createTask(async (self: TaskView) => {
    try {
      await operation(self)
      seen.push('completed')
      await sleep(1)
      seen.push('not interrupted')
    } catch (error) {
      seen.push((error as Error).name)
      throw error
    } finally {
      await sleep(0)
      await sleep(1)
      seen.push('cleaned')
    }
  })
  loop.turn()
  await settle()
  await new Promise((resolve) => setTimeout(resolve, 20))
  task.cancel()
  for (let i = 0; i < 500 && !task.done(); i++) {
    await new Promise((resolve) => setTimeout(resolve, 2))
    if (seen.length > 0) await drive(loop, () => task.done())
  }
  return { seen, cancelled: task.cancelled() }
}

describe('one cancel is delivered once', () => {
  const other = new AbortController().signal
  test.each<[string, (task: TaskView) => Promise<unknown>]>([
    ['fetch with the signal', ({ signal }) => fetch(url, { signal })],
    ['fetch with a signal made of it', ({ signal }) => fetch(url, { signal: AbortSignal.any([signal, other]) })],
    [
      'a listener that does not read the reason',
      ({ signal }) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('aborted')))),
    ],
    [
      'a listener that does',
      ({ signal }) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
    ],
    ['a program that is slow to end', ({ signal }) => promisify(exec)('sleep 5', { signal })],
    [
      'an operation that is given the signal after the cancel',
      async (task) => {
        await new Promise((resolve) => setTimeout(resolve, 60))
        await fetch(url, { signal: task.signal })
      },
    ],
  ])('by %s', async (_name, operation) => {
    const { seen, cancelled } = await cancelDuring(operation)
    expect([seen.length, seen[1]]).toEqual([2, 'cleaned'])
    expect(cancelled || seen[0] === 'Error').toBe(true)
  })

  test.each<[string, (task: TaskView) => Promise<unknown>]>([
    [
      'only reads the reason',
      ({ signal }) => {
        signal.addEventListener('abort', () => String(signal.reason))
        return new Promise((resolve) => setTimeout(resolve, 60))
      },
    ],
    [
      'only looks whether it has aborted',
      async ({ signal }) => {
        while (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, 5))
      },
    ],
    ['never uses the signal', ({ signal }) => new Promise((resolve) => setTimeout(resolve, signal.aborted ? 0 : 60))],
  ])('at the next await, when the code that has the signal %s', async (_name, operation) => {
    const { seen, cancelled } = await cancelDuring(operation)
    expect([seen, cancelled]).toEqual([['completed', 'CancelledError', 'cleaned'], true])
  })
})
