import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CancelledError, Future, getRunningLoop, ValueError } from '@asyncio-ts/core'
import type { Coroutine } from '@asyncio-ts/core'
import { createTask, gather, sleep, taskGroup, wait } from '@asyncio-ts/tasks'
import { always, Deadlock, explore, Livelock, replay, runSeeded, ScheduleFailure } from '../src/index.ts'
import type { ExploreOptions, Program } from '../src/index.ts'

async function failureOf(main: Program<unknown>, options?: ExploreOptions): Promise<ScheduleFailure> {
  const error: unknown = await explore(main, options).then(
    () => new Error('nothing failed'),
    (e: unknown) => e,
  )
  expect(error).toBeInstanceOf(ScheduleFailure)
  return error as ScheduleFailure
}

/** Two tasks that each read a number, wait, and write it back with one more. */
function lostUpdate(): { main: () => Coroutine<void>; mainAwaiting: () => Promise<void> } {
  const check = (value: number): void => {
    if (value !== 2) throw new Error(`counted ${value} of 2`)
  }
  return {
    *main() {
      let value = 0
      const increment = function* (): Coroutine<void> {
        yield* sleep(0)
        const read = value
        if (read === 1) return void (value = 2)
        yield* sleep(0)
        value = read + 1
      }
      const first = createTask(increment, { name: 'first' })
      yield* sleep(0)
      yield* sleep(0)
      yield* sleep(0)
      yield* sleep(0)
      yield* wait([first, createTask(increment, { name: 'second' })])
      check(value)
    },
    async mainAwaiting() {
      let value = 0
      const increment = async (): Promise<void> => {
        const read = value
        await sleep(0)
        value = Math.max(value, read + 1)
      }
      const first = createTask(increment, { name: 'first' })
      await sleep(0)
      await sleep(0)
      await sleep(0)
      await wait([first, createTask(increment, { name: 'second' })])
      check(value)
    },
  }
}

describe('explore', () => {
  test('runs as many schedules as it is told, the first in asyncio’s own order', async () => {
    const orders: string[] = []
    const main = function* (): Coroutine<void> {
      let order = ''
      yield* gather(
        ...['a', 'b', 'c'].map(
          (name) =>
            function* (): Coroutine<void> {
              yield* sleep(0)
              order += name
            },
        ),
      )
      orders.push(order)
    }
    const { schedules, steps, exhausted } = await explore(main, { schedules: 200 })
    expect([schedules, exhausted, orders.length]).toEqual([200, false, 200])
    expect(steps).toBeGreaterThan(200 * 7)
    expect(orders[0]).toBe('abc')
    expect(new Set(orders)).toEqual(new Set(['abc', 'acb', 'bac', 'bca', 'cab', 'cba']))
  })

  test('reaches every order with priorities, and with random choices', async () => {
    for (const strategy of ['random', 'pct'] as const) {
      const orders = new Set<string>()
      const main = async (): Promise<void> => {
        let order = ''
        await gather(...['a', 'b', 'c', 'd'].map((name) => async () => void (order += name)))
        orders.add(order)
      }
      await explore(main, { schedules: 500, strategy })
      expect(orders.size).toBe(24)
    }
  })

  test.each(['main', 'mainAwaiting'] as const)('finds a lost update (%s)', async (spelling) => {
    const main = lostUpdate()[spelling]
    const failure = await failureOf(main)
    expect((failure.cause as Error).message).toBe('counted 1 of 2')
    await expect(replay(main, failure.schedule)).rejects.toMatchObject({ trace: failure.trace })
    await expect(runSeeded(main, { seed: failure.seed! })).rejects.toThrow('counted 1 of 2')
    await expect(replay(main, failure.seed!)).rejects.toThrow('counted 1 of 2')
    await replay(main, 'fifo')
  })

  test('shrinks what it found', async () => {
    const main = function* (): Coroutine<void> {
      const bystander = function* (): Coroutine<void> {
        for (let i = 0; i < 10; i++) yield* sleep(0)
      }
      const bystanders = ['x', 'y', 'z'].map((name) => createTask(bystander, { name }))
      yield* lostUpdate().main()
      yield* wait(bystanders)
    }
    const found = await failureOf(main, { shrink: false, strategy: 'random' })
    const shrunk = await failureOf(main, { strategy: 'random' })
    expect(shrunk.seed).toBe(found.seed)
    const length = ({ schedule }: ScheduleFailure): number => schedule.split(' ').length
    expect(length(shrunk)).toBeLessThan(length(found) / 2)
  })

  test('gives the same run for the same seed', async () => {
    const orders: string[][] = []
    const main = async (): Promise<void> => {
      const order: string[] = []
      await gather(
        ...['a', 'b', 'c'].map((name) => async () => {
          for (let i = 0; i < 5; i++) {
            order.push(name)
            await sleep(0)
          }
        }),
      )
      orders.push(order)
    }
    for (const seed of [1, 2, 1, 2]) await runSeeded(main, { seed })
    expect(orders[0]).toEqual(orders[2])
    expect(orders[1]).toEqual(orders[3])
    expect(orders[0]).not.toEqual(orders[1])
  })

  test('keeps callbacks, and the wake-ups of one task, in their order', async () => {
    await explore(
      async () => {
        const seen: number[] = []
        for (const n of [1, 2, 3]) getRunningLoop().callSoon(() => seen.push(n))
        const futures = [1, 2, 3].map(() => new Future<void>())
        const order: number[] = []
        createTask(async () => {
          for (const future of futures) future.setResult()
        })
        await Promise.all(futures.map(async (future, n) => (await future, order.push(n))))
        while (seen.length < 3) await sleep(0)
        expect(seen).toEqual([1, 2, 3])
        expect(order).toEqual([0, 1, 2])
      },
      { schedules: 100 },
    )
  })

  test('finds an invariant that does not hold for a moment', async () => {
    const failure = await failureOf(async () => {
      let inside = 0
      always(() => {
        if (inside > 1) throw new Error('two at once')
      })
      const enter = async (turns: number): Promise<void> => {
        for (let i = 0; i < turns; i++) await sleep(0)
        inside++
        await sleep(0)
        inside--
      }
      await gather(
        () => enter(0),
        () => enter(4),
      )
    })
    expect((failure.cause as Error).message).toBe('two at once')
    expect(failure.trace.length).toBeGreaterThan(0)
  })

  test('finds errors that nobody awaits', async () => {
    const failure = await failureOf(async () => {
      getRunningLoop().callSoon(() => {
        throw new Error('unseen')
      })
      await sleep(1)
    })
    expect((failure.cause as Error).message).toContain('unseen')
    expect([failure.schedules, failure.schedule, failure.seed]).toEqual([1, 'fifo', 0])
  })

  test('finds what fails while the program is cleaned up', async () => {
    const failure = await failureOf(async () => {
      createTask(
        async () => {
          try {
            await new Future()
          } finally {
            throw new Error('in a finally block')
          }
        },
        { name: 'left behind' },
      )
      await sleep(0)
    })
    expect((failure.cause as Error).message).toContain('in a finally block')
    expect(failure.message).toContain('main has ended')
  })

  test('ends a program that does not end by itself', async () => {
    const failure = await failureOf(
      async () => {
        for (;;) await sleep(0)
      },
      { maxSteps: 500, schedules: 1 },
    )
    expect(failure.cause).toBeInstanceOf(Livelock)
  })

  test('waits for the host only so long: what it does is no part of a schedule', async () => {
    const timers: NodeJS.Timeout[] = []
    const main = async (): Promise<void> => {
      timers.push(setInterval(() => undefined, 1_000_000))
      await new Future()
    }
    const failure = await failureOf(main, { schedules: 1, shrink: false })
    for (const timer of timers) clearInterval(timer)
    expect(failure.cause).toBeInstanceOf(Deadlock)
  })

  test('finds a deadlock that only one order leads to', async () => {
    const failure = await failureOf(async () => {
      let waiter: Future<void> | null = null
      const waiting = createTask(async () => {
        waiter = new Future()
        await waiter
      })
      createTask(async () => waiter?.setResult())
      await waiting
    })
    expect(failure.cause).toBeInstanceOf(Deadlock)
  })

  test('lets the host in after each schedule, so that what was closed is gone', async () => {
    let hostTurns = 0
    let immediate: NodeJS.Immediate
    const count = (): void => {
      hostTurns++
      immediate = setImmediate(count)
    }
    immediate = setImmediate(count)
    await explore(
      function* () {
        yield undefined
      },
      { schedules: 50 },
    )
    clearImmediate(immediate)
    expect(hostTurns).toBeGreaterThanOrEqual(50)
  })

  test('refuses what it cannot run', async () => {
    await expect(explore(Promise.resolve() as never)).rejects.toThrow(TypeError)
    await expect(runSeeded(async () => undefined, { seed: 0.5 })).rejects.toThrow(ValueError)
    await expect(replay(async () => undefined, 'nonsense')).rejects.toThrow(/no part of a schedule/)
    await expect(runSeeded(() => explore(async () => undefined))).rejects.toThrow(/running event loop/)
  })

  test('says so when a failure depends on more than the schedule', async () => {
    let runs = 0
    const failure = await failureOf(
      async () => {
        if (++runs === 3) throw new Error('now and then')
      },
      { shrink: false },
    )
    expect(failure.message).toContain('depends on more than its schedule')
  })
})

describe('cancels by the schedule', () => {
  const worker = async (log: string[]): Promise<void> => {
    try {
      await sleep(1)
      log.push('done')
    } catch (error) {
      log.push((error as Error).name)
      throw error
    }
  }

  test('reach tasks at their awaits, and before they begin', async () => {
    const seen = new Set<string>()
    const main = async (): Promise<void> => {
      const log: string[] = []
      const task = createTask(() => worker(log))
      await wait([task])
      seen.add(`${log.join()} ${task.cancelled()}`)
    }
    await explore(main, { schedules: 200, cancels: 1 })
    expect(seen).toEqual(new Set(['done false', 'CancelledError true', ' true']))
  })

  test('never reach main, nor those that are not to be cancelled', async () => {
    let cancelled = 0
    const main = async (): Promise<void> => {
      const tasks = ['a', 'b'].map((name) => createTask(() => worker([]), { name }))
      await wait(tasks)
      if (tasks[0]!.cancelled()) cancelled++
      expect(tasks[1]!.cancelled()).toBe(false)
    }
    await explore(main, { schedules: 200, cancels: { count: 3, tasks: (task) => task.getName() === 'a' } })
    expect(cancelled).toBeGreaterThan(10)
  })

  test('may come out of main, while a CancelledError of its own is a failure', async () => {
    await explore(
      async () =>
        gather(
          () => worker([]),
          () => worker([]),
        ),
      { schedules: 200, cancels: 2 },
    )
    await explore(
      () =>
        taskGroup(async (tg) => {
          tg.createTask(() => worker([]))
        }),
      { schedules: 200, cancels: 2 },
    )
    const failure = await failureOf(async () => {
      await sleep(1)
      throw new CancelledError()
    })
    expect((failure.cause as Error).name).toBe('CancelledError')
  })
})

describe('exhaustive exploration', () => {
  /** Two tasks of two steps each, beside main: what can be run when is known. */
  const main = function* (): Coroutine<void> {
    const step = function* (): Coroutine<void> {
      yield* sleep(0)
    }
    yield* wait([createTask(step), createTask(step)])
  }

  test('runs every schedule within the bound once', async () => {
    const counts: number[] = []
    for (const preemptions of [0, 1, 2, 10]) {
      const seen = new Set<string>()
      const program = function* (): Coroutine<void> {
        let order = ''
        const step = function* (name: string): Coroutine<void> {
          order += name
          yield* sleep(0)
          order += name
        }
        yield* wait(['a', 'b'].map((name) => createTask(() => step(name))))
        seen.add(order)
      }
      const { schedules, exhausted } = await explore(program, { exhaustive: true, preemptions })
      expect(exhausted).toBe(true)
      counts.push(schedules)
      if (preemptions === 0) expect(seen).toEqual(new Set(['abab']))
      if (preemptions === 10) expect(seen).toEqual(new Set(['aabb', 'abab', 'abba', 'baab', 'baba', 'bbaa']))
    }
    expect(counts[0]).toBe(1)
    expect(counts).toEqual([...counts].sort((a, b) => a - b))
  })

  test('tries every cancel', async () => {
    const { schedules } = await explore(main, { exhaustive: true, preemptions: 0, cancels: 1 })
    expect(schedules).toBeGreaterThan(5)
  })

  test('stops at the number of schedules it is given', async () => {
    expect(await explore(main, { exhaustive: true, schedules: 2 })).toMatchObject({ schedules: 2, exhausted: false })
  })
})

describe('choices of another generator', () => {
  test('decide the schedule, and are shrunk by fast-check', async () => {
    const main = lostUpdate().main
    const property = fc.asyncProperty(fc.array(fc.nat()), async (numbers) => {
      let index = 0
      await runSeeded(main, { choices: { next: (max) => (numbers[index++] ?? 0) % max } })
    })
    const { failed, counterexample, numShrinks } = await fc.check(property, { seed: 1, numRuns: 1000 })
    expect(failed).toBe(true)
    expect(numShrinks).toBeGreaterThan(0)
    expect(counterexample![0].filter((n) => n > 0).length).toBeLessThan(8)
  })

  test('come from fast-check’s gen as well', async () => {
    const property = fc.asyncProperty(fc.gen(), async (gen) => {
      await runSeeded(lostUpdate().main, { choices: { next: (max) => gen(fc.nat, { max: max - 1 }) }, cancels: 1 })
    })
    expect((await fc.check(property, { seed: 1, numRuns: 1000 })).failed).toBe(true)
  })

  test('have to be in range', async () => {
    const choices = { next: (max: number) => max }
    await expect(runSeeded(lostUpdate().main, { choices })).rejects.toThrow(/below its argument/)
  })
})
