import { setTimeout as hostTimeout } from 'node:timers/promises'
import { readFile } from 'node:fs/promises'
import { describe, expect, test, vi } from 'vitest'
import { coroutine, Future, getRunningLoop, RuntimeError, ValueError } from '@asyncio-ts/core'
import type { Coroutine } from '@asyncio-ts/core'
import { run } from '@asyncio-ts/loop'
import { toThread } from '@asyncio-ts/executors'
import { Queue } from '@asyncio-ts/queues'
import { Event, Lock } from '@asyncio-ts/sync'
import { createTask, gather, sleep, timeout } from '@asyncio-ts/tasks'
import { advance, Deadlock, now, runVirtual, VirtualClock, VirtualLoop } from '../src/index.ts'

const loopOf = (): VirtualLoop => getRunningLoop() as unknown as VirtualLoop

describe('virtual time', () => {
  test('jumps to the next deadline, in both spellings', async () => {
    const realMs = performance.now()
    const awaits = await runVirtual(async () => {
      await sleep(86_400)
      return now()
    })
    const yields = await runVirtual(function* () {
      yield* sleep(86_400)
      return now()
    })
    expect([awaits, yields]).toEqual([86_400, 86_400])
    expect(performance.now() - realMs).toBeLessThan(5000)
  })

  test('goes through a million seconds of a cron-like program in under a second', async () => {
    const jobs = { minutely: 0, hourly: 0, late: 0 }
    const every = coroutine(function* (seconds: number, job: () => void): Coroutine<void> {
      for (let due = seconds; due <= 1_000_000; due += seconds) {
        yield* sleep(due - now())
        if (now() !== due) jobs.late++
        job()
      }
    })
    const realMs = performance.now()
    await runVirtual(function* () {
      yield* gather(
        every(60, () => jobs.minutely++),
        every(3600, () => jobs.hourly++),
      )
    })
    expect(performance.now() - realMs).toBeLessThan(1000)
    expect(jobs).toEqual({ minutely: 16_666, hourly: 277, late: 0 })
  })

  test('starts where it is told to', async () => {
    expect(await runVirtual(async () => now(), { startTime: 100 })).toBe(100)
  })

  test('runs what is due in order, and equal deadlines in the order of the calls', async () => {
    const seen: string[] = []
    await runVirtual(async () => {
      const nap = async (name: string, seconds: number): Promise<void> => {
        await sleep(seconds)
        seen.push(`${name} at ${now()}`)
      }
      await gather(nap('c', 2), nap('a', 1), nap('b', 1))
    })
    expect(seen).toEqual(['a at 1', 'b at 1', 'c at 2'])
  })

  test('returns what main returns and throws what it throws', async () => {
    expect(await runVirtual(async () => 'result')).toBe('result')
    await expect(runVirtual(() => Promise.reject(new RangeError('thrown')))).rejects.toThrow(RangeError)
  })

  test('cancels main when a signal aborts', async () => {
    const controller = new AbortController()
    const seen: string[] = []
    const main = async (): Promise<void> => {
      getRunningLoop().callLater(1, () => controller.abort())
      try {
        await new Future()
      } finally {
        seen.push(`ended at ${now()}`)
      }
    }
    await expect(runVirtual(main, { signal: controller.signal })).rejects.toMatchObject({ name: 'CancelledError' })
    expect(seen).toEqual(['ended at 1'])
  })

  test('is asked for in vain elsewhere', async () => {
    await run(async () => {
      expect(() => now()).toThrow(RuntimeError)
      expect(() => advance(1)).toThrow(/runVirtual/)
    })
  })

  test('tells those who follow how far it goes', async () => {
    const moves: number[][] = []
    await runVirtual(() => gather(sleep(1), sleep(3)), { onAdvance: (...move) => moves.push(move) })
    expect(moves).toEqual([
      [1, 1],
      [3, 2],
    ])
  })
})

describe('advance', () => {
  test('goes deadline by deadline while time stands still otherwise', async () => {
    const seen: number[] = []
    await runVirtual(
      async () => {
        const ticker = createTask(async () => {
          for (;;) {
            await sleep(1)
            seen.push(now())
          }
        })
        await advance(2.5)
        expect([seen, now()]).toEqual([[1, 2], 2.5])
        await advance(0.5)
        expect([seen, now()]).toEqual([[1, 2, 3], 3])
        ticker.cancel()
      },
      { autojump: false },
    )
  })

  test('goes on when what is due has come to rest, chains of it included', () =>
    runVirtual(async () => {
      const seen: string[] = []
      createTask(async () => {
        await sleep(1)
        await sleep(1)
        await null
        for (let i = 0; i < 5; i++) await sleep(0)
        seen.push('done')
      })
      await advance(2)
      expect(seen).toEqual(['done'])
    }))

  test('runs a loop that does not run', async () => {
    const loop = new VirtualLoop()
    const seen: number[] = []
    loop.callLater(1, () => seen.push(loop.time()))
    loop.callLater(2, () => seen.push(loop.time()))
    await loop.advance(1)
    expect([seen, loop.isRunning()]).toEqual([[1], false])
    await loop.advance(5)
    expect([seen, loop.time()]).toEqual([[1, 2], 6])
    loop.close()
    expect(() => loop.advance(1)).toThrow(RuntimeError)
  })

  test('can be asked for by several at once, and be cancelled', () =>
    runVirtual(
      async () => {
        const seen: string[] = []
        const going = [3, 1, 2].map((seconds) =>
          createTask(async () => {
            await advance(seconds)
            seen.push(`${seconds} at ${now()}`)
          }),
        )
        const cancelled = createTask(() => advance(1000))
        await sleep(0)
        cancelled.cancel()
        await gather(...going)
        expect([seen, now()]).toEqual([['1 at 1', '2 at 2', '3 at 3'], 3])
      },
      { autojump: false },
    ))

  test('refuses to go back', () =>
    runVirtual(async () => {
      expect(() => advance(-1)).toThrow(ValueError)
      expect(() => advance(NaN)).toThrow(ValueError)
      expect(() => advance('1' as never)).toThrow(TypeError)
      expect(() => new VirtualClock(1).moveTo(0)).toThrow(ValueError)
    }))
})

describe('time stands still', () => {
  test('while a file is read', () =>
    runVirtual(async () => {
      const text = await timeout(0.001, async () => readFile(import.meta.filename, 'utf8'))
      expect(text).toContain('while a file is read')
      expect(now()).toBe(0)
    }))

  test('while a timer of the host runs', () =>
    runVirtual(async () => {
      const waited = createTask(async () => hostTimeout(5, 'waited'))
      const slept = createTask(() => sleep(1000))
      expect(await waited).toBe('waited')
      expect(now()).toBe(0)
      await slept
      expect(now()).toBe(1000)
    }))

  test('while a timer of the host runs, though one from before ends meanwhile', async () => {
    const earlier = hostTimeout(15)
    await runVirtual(async () => {
      const waited = createTask(async () => hostTimeout(35, 'waited'))
      const slept = createTask(() => sleep(1000))
      expect(await waited).toBe('waited')
      expect(now()).toBe(0)
      await slept
    })
    await earlier
  })

  test('while the host looks up a name', () =>
    runVirtual(async () => {
      const lookup = createTask(() => loopOf().getaddrinfo('127.0.0.1', 80))
      await gather(
        sleep(1000),
        (async () => {
          expect((await lookup).length).toBeGreaterThan(0)
          expect(now()).toBe(0)
        })(),
      )
    }))

  test('while an executor computes', () =>
    runVirtual(async () => {
      const computed = timeout(0.001, () =>
        toThread(() => {
          const end = Date.now() + 20
          while (Date.now() < end);
          return 'computed'
        }),
      )
      expect(await computed).toBe('computed')
      expect(now()).toBe(0)
    }))

  test('until it is no longer held', () =>
    runVirtual(async () => {
      const hold = loopOf().holdClock()
      const seen: string[] = []
      const sleeper = createTask(async () => {
        await sleep(1)
        seen.push('slept')
      })
      setTimeout(() => {
        seen.push('released')
        hold.release()
        hold.release()
      }, 5)
      await sleeper
      expect(seen).toEqual(['released', 'slept'])
    }))

  test('while several hold it', () =>
    runVirtual(async () => {
      const loop = loopOf()
      const first = loop.holdClock()
      {
        using _second = loop.holdClock()
        first.release()
        const seen: number[] = []
        const sleeper = createTask(async () => seen.push(await sleep(1, 1)))
        await new Promise((resolve) => setImmediate(resolve))
        expect(seen).toEqual([])
        void sleeper
      }
    }))

  test('and goes on while an async function waits for another, by a promise of its own', () =>
    runVirtual(async () => {
      let resolve!: (value: string) => void
      const promise = new Promise<string>((fulfil) => (resolve = fulfil))
      createTask(async () => {
        await sleep(10)
        resolve('resolved')
      })
      expect(await promise).toBe('resolved')
      expect(now()).toBe(10)
    }))
})

describe('a deadlock', () => {
  const errorOf = (main: () => Promise<unknown> | Generator): Promise<Deadlock> =>
    runVirtual(main as () => Promise<unknown>).then(
      () => Promise.reject(new Error('there was no deadlock')),
      (error: Deadlock) => error,
    )

  test('names every waiting task and what it waits for', async () => {
    const error = await errorOf(async () => {
      const [lock, queue, event] = [new Lock(), new Queue<number>(2), new Event()]
      await lock.acquire()
      const tasks = [
        createTask(async () => lock.acquire(), { name: 'locker' }),
        createTask(() => queue.get(), { name: 'getter' }),
        createTask(
          function* () {
            yield* event.wait()
          },
          { name: 'waiter' },
        ),
        createTask(async () => new Promise(() => undefined), { name: 'stuck' }),
      ]
      tasks.push(createTask(async () => tasks[0], { name: 'follower' }) as never)
      await new Future()
    })
    expect(error).toBeInstanceOf(Deadlock)
    expect(error.code).toBe('ERR_ASYNCIO_DEADLOCK')
    const waits = Object.fromEntries(error.tasks.map(({ task, waitsFor }) => [task.getName(), waitsFor]))
    expect(waits).toEqual({
      main: 'a future',
      locker: '<Lock [locked, waiters:1]>',
      getter: '<Queue maxsize=2 _getters[1]>',
      waiter: '<Event [unset, waiters:1]>',
      stuck: 'a promise of the host',
      follower: 'locker',
    })
    expect(error.message).toContain('6 tasks wait')
    expect(error.message).toContain('locker waits for <Lock [locked, waiters:1]>')
  })

  test('says where the tasks were made in debug mode', async () => {
    const error: unknown = await runVirtual(() => new Future<void>(), { debug: true }).catch((e: unknown) => e)
    expect((error as Error).message).toMatch(/waits for a future\n.*virtual-loop\.test\.ts/)
  })

  test('is none while the host may still do something', () =>
    runVirtual(async () => {
      const future = new Future<string>()
      setTimeout(() => getRunningLoop().callSoon(() => future.setResult('set')), 5)
      expect(await future).toBe('set')
    }))

  test('is found in generators, and the program is cleaned up', async () => {
    const seen: string[] = []
    const error = await errorOf(function* () {
      try {
        yield* new Event().wait()
      } finally {
        seen.push('cleaned up')
      }
    })
    expect([error.name, seen]).toEqual(['Deadlock', ['cleaned up']])
  })
})

describe('other clocks', () => {
  test('Date agrees, when a test wants it', async () => {
    const before = Date
    const seen = await runVirtual(
      async () => {
        const start = Date.now()
        await sleep(1.5)
        const made = new Date()
        return [Date.now() - start, made.toISOString(), new Date(5).getTime(), made instanceof before, Date.UTC(1970)]
      },
      { date: new Date('2020-02-02') },
    )
    expect(seen).toEqual([1500, '2020-02-02T00:00:01.500Z', 5, true, 0])
    expect(Date).toBe(before)
  })

  test('setTimeout and setInterval agree, when a test wants it', async () => {
    const before = setTimeout
    await runVirtual(
      async () => {
        const seen: string[] = []
        const interval = setInterval((name: string) => seen.push(`${name} at ${now()}`), 10_000, 'interval')
        const cleared = setTimeout(() => seen.push('cleared'), 1)
        clearTimeout(cleared)
        const refreshed = setTimeout(() => seen.push(`refreshed at ${now()}`), 15_000)
        await sleep(10)
        refreshed.refresh()
        await new Promise((resolve) => setTimeout(resolve, 10_000))
        clearInterval(interval)
        await sleep(100)
        expect(seen).toEqual(['interval at 10', 'interval at 20', 'refreshed at 25'])
      },
      { timers: true, leaks: true },
    )
    expect(setTimeout).toBe(before)
  })

  test('the globals are put back when main fails', async () => {
    const before = [Date, setTimeout]
    await expect(runVirtual(() => Promise.reject(new Error('failed')), { date: true, timers: true })).rejects.toThrow()
    expect([Date, setTimeout]).toEqual(before)
  })

  test("vitest's fake timers can follow, and do not stop the loop", async () => {
    vi.useFakeTimers({ now: 0 })
    try {
      const seen: number[] = []
      await runVirtual(
        async () => {
          setTimeout(() => seen.push(Date.now()), 500)
          await sleep(2)
          seen.push(Date.now())
        },
        { onAdvance: (_now, delta) => vi.advanceTimersByTime(delta * 1000) },
      )
      expect(seen).toEqual([500, 2000])
    } finally {
      vi.useRealTimers()
    }
  })
})
