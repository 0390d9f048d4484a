import { describe, expect, it } from 'vitest'
import { Lock } from '@asyncio-ts/sync'
import { gather, sleep } from '@asyncio-ts/tasks'
import { run } from '@asyncio-ts/loop'
import { explore, replay, runVirtual, ScheduleFailure } from '@asyncio-ts/testing'

type Program = () => Promise<void>

function ten<T>(body: (index: number) => Promise<T>): Promise<T[]> {
  return gather(Array.from({ length: 10 }, (_, index) => () => body(index))) as unknown as Promise<T[]>
}

function check(condition: boolean, message: string): void {
  if (!condition) throw new Error(message)
}

/** Each program checks something in an async helper, and acts on it after the await: wrong, and with a lock, right. */
const programs: [string, (guard: <T>(body: () => Promise<T>) => Promise<T>) => Promise<void>][] = [
  [
    'a pool of connections',
    async (guard) => {
      let open = 0
      const connect = async (): Promise<boolean> => {
        await sleep(0.001)
        return open < 2
      }
      await ten(() =>
        guard(async () => {
          if (await connect()) open++
        }),
      )
      check(open === 2, `${open} connections are open`)
    },
  ],
  [
    'a cache that is filled once for each key',
    async (guard) => {
      const cache = new Map<string, number>()
      let fills = 0
      const find = async (key: string): Promise<number | undefined> => {
        await sleep(0)
        return cache.get(key)
      }
      await ten(() =>
        guard(async () => {
          if ((await find('key')) === undefined) cache.set('key', ++fills)
        }),
      )
      check(fills === 1, `filled ${fills} times`)
    },
  ],
  [
    'a token bucket',
    async (guard) => {
      let tokens = 3
      let taken = 0
      const available = async (): Promise<boolean> => {
        await sleep(0.001)
        return tokens > 0
      }
      await ten(() =>
        guard(async () => {
          if (!(await available())) return
          tokens--
          taken++
        }),
      )
      check(taken === 3 && tokens === 0, `${taken} of 3 tokens were taken`)
    },
  ],
  [
    'an initialisation that happens once',
    async (guard) => {
      let isReady = false
      let times = 0
      const ready = async (): Promise<boolean> => {
        await sleep(0.001)
        return isReady
      }
      await ten(() =>
        guard(async () => {
          if (await ready()) return
          isReady = true
          times++
        }),
      )
      check(times === 1, `initialised ${times} times`)
    },
  ],
]

describe.each(programs)('%s', (_name, program) => {
  const wrong: Program = () => program((body) => body())
  const right: Program = () => {
    const lock = new Lock()
    return program(async (body) => {
      const guard = await lock.acquire()
      try {
        return await body()
      } finally {
        guard.release()
      }
    })
  }

  it('fails under run, and under the first schedule', async () => {
    // In virtual time the ten wake up in one turn, however slow the machine is.
    await expect(runVirtual(wrong)).rejects.toThrow()
    const failure = await explore(wrong, { schedules: 1 }).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(ScheduleFailure)
    expect((failure as ScheduleFailure).message).toContain('fifo')
  })

  it.each(['random', 'pct'] as const)('is found under other schedules, and replayed: %s', async (strategy) => {
    let found = 0
    for (let seed = 1; seed <= 24; seed++) {
      const failure = await replay(wrong, seed, { strategy }).then(
        () => null,
        (error: unknown) => error,
      )
      if (failure === null) continue
      found++
      const { schedule } = failure as ScheduleFailure
      await expect(replay(wrong, schedule)).rejects.toThrow()
    }
    expect(found).toBeGreaterThan(3)
    expect(found).toBeLessThan(24)
  })

  it('passes under every schedule with a lock', async () => {
    await run(right)
    expect((await explore(right, { schedules: 60 })).schedules).toBe(60)
    expect((await explore(right, { exhaustive: true, preemptions: 1, schedules: 200 })).schedules).toBeGreaterThan(1)
  })
})
