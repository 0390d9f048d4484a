import { describe, expect, it } from 'vitest'
import { currentTask, Future, getRunningLoop } from '@asyncio-ts/core'
import { ManualLoop, runManually } from '../../../test-support/manual-loop.ts'
import { createTask, eagerTaskFactory, gather, sleep, taskGroup, timeout } from '../src/index.ts'
import type { TaskGroup } from '../src/index.ts'

const spellings = {
  'yield*': (group: TaskGroup, log: string[]) =>
    function* () {
      group.cancel()
      try {
        yield* new Future()
      } finally {
        log.push('unwound')
      }
    },
  await: (group: TaskGroup, log: string[]) => async () => {
    group.cancel()
    try {
      await new Future()
    } finally {
      log.push('unwound')
    }
  },
}

describe.each(Object.entries(spellings))(
  'an eager task that cancels its group in its first step [%s]',
  (_name, make) => {
    it('is cancelled with the group', async () => {
      const log: string[] = []
      await runManually(async () => {
        await taskGroup(async (tg) => void tg.createTask(make(tg, log), { eagerStart: true }))
        expect(currentTask()!.cancelling()).toBe(0)
      })
      expect(log).toEqual(['unwound'])
    })

    it('is cancelled with the group inside a limit and under an eager task factory', async () => {
      const log: string[] = []
      const loop = new ManualLoop()
      loop.setTaskFactory(eagerTaskFactory)
      await runManually(async () => {
        await timeout(1, () => taskGroup(async (tg) => void tg.createTask(make(tg, log))))
        expect(getRunningLoop().time()).toBe(0)
      }, loop)
      expect(log).toEqual(['unwound'])
    })

    it('is cancelled when it is made while the group waits for its tasks', async () => {
      const log: string[] = []
      await runManually(async () => {
        await taskGroup(async (tg) => {
          tg.createTask(async () => {
            await sleep(1)
            tg.createTask(make(tg, log), { eagerStart: true })
            await sleep(5)
          })
        })
        expect(getRunningLoop().time()).toBe(1)
      })
      expect(log).toEqual(['unwound'])
    })
  },
)

describe('an eager task', () => {
  it('whose first step cancels the task around it leaves no wait behind', async () => {
    await runManually(async () => {
      const outer = createTask(async () => {
        await gather([
          createTask(
            async () => {
              outer.cancel()
              await sleep(1)
            },
            { eagerStart: true },
          ),
          sleep(5),
        ])
      })
      await gather([outer], { returnExceptions: true })
      expect(outer.cancelled()).toBe(true)
    })
  })
})
