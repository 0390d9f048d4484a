import { describe, expect, it } from 'vitest'
import { KeyboardInterrupt, SystemExit } from '@asyncio-ts/core'
import { runManually } from '../../../test-support/manual-loop.ts'
import { sleep, taskGroup } from '../src/index.ts'

describe.each([
  ['SystemExit', () => new SystemExit(3)],
  ['KeyboardInterrupt', () => new KeyboardInterrupt()],
])('a task group in whose body %s is thrown', (_name, make) => {
  it('cancels its children and throws that error itself, not a group of it', async () => {
    const seen: string[] = []
    const error = make()
    const caught: unknown = await runManually(async () => {
      try {
        await taskGroup(async (tg) => {
          tg.createTask(async () => {
            try {
              await sleep(60)
            } finally {
              seen.push('cleaned')
            }
          })
          await sleep(0)
          throw error
        })
      } catch (thrown) {
        return thrown
      }
      return null
    })
    expect(caught).toBe(error)
    expect(seen).toEqual(['cleaned'])
  })
})
