import type nodeTest from 'node:test'
import { describe, expect, expectTypeOf, test } from 'vitest'
import type { TestContext } from 'vitest'
import { Future, getRunningLoop } from '@asyncio-ts/core'
import { createTask, sleep } from '@asyncio-ts/tasks'
import { LeakError, now, runVirtual, virtual } from '../src/index.ts'

const leakOf = (body: () => Promise<unknown>): Promise<LeakError> =>
  virtual(body)().then(
    () => Promise.reject(new Error('nothing was left behind')),
    (error: LeakError) => error,
  )

describe('virtual', () => {
  test(
    'runs a test in virtual time',
    virtual(async () => {
      await sleep(3600)
      expect(now()).toBe(3600)
    }),
  )

  test(
    'runs one that is a generator',
    virtual(function* () {
      yield* sleep(3600)
      expect(now()).toBe(3600)
    }),
  )

  test(
    'hands on what the runner passes',
    virtual(async (context: TestContext) => {
      await sleep(1)
      expect(context.task.name).toBe('hands on what the runner passes')
    }),
  )

  test('has the length of its body, by which runners tell what to pass', () => {
    expect(virtual(async () => undefined).length).toBe(0)
    expect(virtual(async (_context: unknown) => undefined).length).toBe(1)
    expectTypeOf(virtual(async (_context: TestContext) => 1)).toEqualTypeOf<(context: TestContext) => Promise<void>>()
  })

  test('is a test of node:test as well', () => {
    expectTypeOf(virtual(async () => undefined)).toExtend<Parameters<typeof nodeTest>[0] & nodeTest.TestFn>()
  })

  test('takes a function', () => {
    expect(() => virtual(Promise.resolve() as never)).toThrow(TypeError)
  })
})

describe('what is left behind', () => {
  test('fails the test: a task, with where it was made', async () => {
    const error = await leakOf(async () => {
      createTask(async () => new Future(), { name: 'left' })
      await sleep(0)
    })
    expect(error).toBeInstanceOf(LeakError)
    expect(error.leaks).toHaveLength(1)
    expect(error.message).toMatch(/task left waits for a future\n.*virtual\.test\.ts/)
  })

  test('fails the test: a timer, with where it was made', async () => {
    const error = await leakOf(async () => void getRunningLoop().callLater(60, function later() {}))
    expect(error.message).toMatch(/timer <TimerHandle later\(\) when=60>\n.*virtual\.test\.ts/)
  })

  test('fails the test: callbacks that go on for ever', async () => {
    const error = await leakOf(async () => {
      const again = (): void => void getRunningLoop().callSoon(again)
      again()
    })
    expect(error.message).toContain('callbacks that schedule one another')
  })

  test('is told once for a task that sleeps', async () => {
    const error = await leakOf(async () => {
      createTask(async () => sleep(60), { name: 'sleeper' })
      await sleep(0)
    })
    expect(error.leaks).toEqual([expect.stringMatching(/task sleeper waits for the clock, until 60 s/)])
  })

  test(
    'is nothing that comes to an end by itself',
    virtual(async () => {
      createTask(async () => {
        for (let i = 0; i < 20; i++) await sleep(0)
      })
      getRunningLoop()
        .callLater(60, () => undefined)
        .cancel()
    }),
  )

  test('is cleaned up all the same', async () => {
    const seen: string[] = []
    await leakOf(async () => {
      createTask(async () => {
        try {
          await new Future()
        } finally {
          seen.push('cleaned up')
        }
      })
      await sleep(0)
    })
    expect(seen).toEqual(['cleaned up'])
  })

  test('is allowed when the test says so', async () => {
    await virtual(async () => void getRunningLoop().callLater(60, () => undefined), { leaks: false })()
    await runVirtual(async () => void getRunningLoop().callLater(60, () => undefined))
  })
})
