import { expect, it } from 'vitest'
import { createTask, gather, sleep, taskGroup } from '@asyncio-ts/tasks'
import { explore, ScheduleFailure } from '../src/index.ts'

/** Fails only in a schedule in which the second task overtakes the first at `wait`. */
const overtaken = (wait: () => PromiseLike<unknown>) => async (): Promise<void> => {
  let isWritten = false
  const writer = createTask(async () => {
    await wait()
    isWritten = true
  })
  const reader = createTask(async () => {
    for (let i = 0; i < 5; i++) await sleep(0)
    if (!isWritten) throw new Error('overtaken')
  })
  await gather(writer, reader)
}

const helper = async (): Promise<void> => {
  await sleep(0)
}

it.each([
  ['a turn', () => sleep(0)],
  ['a call', helper],
  ['a promise that is settled', () => Promise.resolve()],
  ['two calls at once', () => Promise.all([helper(), helper()])],
] as const)('explore sees the await of %s as a choice', async (_name, wait) => {
  await expect(explore(overtaken(wait), { schedules: 500 })).rejects.toThrow(ScheduleFailure)
})

it('explore finds nothing between a check and an act that no await separates', async () => {
  let mostOpen = 0
  const connect = async (open: number): Promise<boolean> => {
    await sleep(0)
    return open < 2
  }
  const { schedules } = await explore(
    async () => {
      let open = 0
      await taskGroup(async (tg) => {
        for (let i = 0; i < 4; i++) {
          tg.createTask(async () => {
            await sleep(0)
            if (open < 2 && (await Promise.resolve(open < 2)) && open < 2) open++
            mostOpen = Math.max(mostOpen, open)
          })
        }
      })
      expect(await connect(open)).toBe(false)
    },
    { schedules: 300 },
  )
  expect(schedules).toBe(300)
  expect(mostOpen).toBe(2)
})
