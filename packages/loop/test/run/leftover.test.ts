import { describe, expect, it } from 'vitest'
import { allTasks, coroutine, Future, getRunningLoop, isCancelled } from '@asyncio-ts/core'
import type { Awaitable, Task } from '@asyncio-ts/core'
import { run, Runner } from '@asyncio-ts/loop'
import { runProgram } from '../program.ts'

const later = coroutine(function* (seconds: number) {
  const loop = getRunningLoop()
  const future = loop.createFuture() as Future<void>
  const timer = loop.callLater(seconds, () => {
    if (!future.done()) future.setResult()
  })
  try {
    yield* future
  } finally {
    timer.cancel()
  }
})

const waitFor = coroutine(function* (future: Future<void>) {
  yield* future
})

/** A call that writes down how it ended, and waits in its cleanup: for a coroutine, and for a future. */
function worker(seen: string[], wait: () => Awaitable<unknown> = () => later(60)) {
  return async (name: string): Promise<string> => {
    try {
      await wait()
      seen.push(`${name} ended`)
      return name
    } catch (error) {
      seen.push(`${name} ${isCancelled(error) ? 'cancelled' : String(error)}`)
      throw error
    } finally {
      await later(0.002)
      const future = new Future<void>()
      getRunningLoop().callLater(0.002, () => future.setResult())
      await future
      await later(0)
      seen.push(`${name} cleaned up`)
    }
  }
}

const waits: [string, () => Awaitable<unknown>][] = [
  ['a coroutine', () => later(60)],
  ['a future', () => new Future()],
]

describe.each(waits)('a call that waits for %s and outlives its task', (_name, wait) => {
  const ways: [string, (slow: (name: string) => Promise<string>) => Promise<unknown>][] = [
    ['the loser of a race', (slow) => Promise.race([later(0.001), slow('slow')])],
    [
      'the rest of a failed Promise.all',
      (slow) => Promise.all([later(0.001).then(() => Promise.reject(new Error('x'))), slow('slow')]).catch(() => null),
    ],
    [
      'a call that nobody awaits',
      async (slow) => {
        void slow('slow')
        await later(0.001)
      },
    ],
    [
      'a started call that an exception skipped',
      async (slow) => {
        const started = slow('slow')
        try {
          await later(0.001)
          throw new Error('skipped')
        } catch {
          return null
        }
        return started
      },
    ],
  ]

  it.each(ways)('is cancelled at the end of run, and waited for: %s', async (_name, way) => {
    const seen: string[] = []
    await run(async () => {
      await way(worker(seen, wait))
    })
    expect(seen).toEqual(['slow cancelled', 'slow cleaned up'])
  })

  it.each(ways)('goes on while the loop runs: %s', async (_name, way) => {
    const seen: string[] = []
    let future: Future<void> | null = null
    const release = (): void => future!.setResult()
    const gate = (): Awaitable<unknown> => {
      future = new Future<void>()
      return wait === waits[1]![1] ? future : waitFor(future)
    }
    await run(async () => {
      await getRunningLoop().createTask(() => way(worker(seen, gate)))
      expect(allTasks().size).toBeGreaterThan(1)
      release()
      while (allTasks().size > 1) await later(0.001)
      expect(seen).toEqual(['slow ended', 'slow cleaned up'])
    })
  })

  it('is cancelled and waited for by a Runner, at its close', async () => {
    const seen: string[] = []
    const runner = new Runner()
    await runner.run(async () => {
      await Promise.race([later(0.001), worker(seen, wait)('slow')])
    })
    expect(await runner.run(async () => seen.length)).toBe(0)
    await runner.close()
    expect(seen).toEqual(['slow cancelled', 'slow cleaned up'])
  })
})

describe('what a cancelled task leaves behind', () => {
  it('is waited for at the end of run, and not cancelled twice', async () => {
    const seen: string[] = []
    await run(async () => {
      getRunningLoop().createTask(async () => {
        await Promise.all([worker(seen)('a'), worker(seen)('b')])
      })
      await later(0.001)
    })
    expect(seen.sort()).toEqual(['a cancelled', 'a cleaned up', 'b cancelled', 'b cleaned up'])
  })

  it('is interrupted when it does nothing but yield', async () => {
    const seen: string[] = []
    const spin = async (): Promise<void> => {
      try {
        for (;;) await later(0)
      } finally {
        seen.push('spun')
      }
    }
    await run(async () => {
      await Promise.race([later(0.001), spin()])
    })
    expect(seen).toEqual(['spun'])
  })

  it('is reported when its loop is closed by hand', async () => {
    const seen: string[] = []
    const messages: string[] = []
    const runner = new Runner()
    const loop = runner.getLoop()
    await runner.run(async () => {
      await Promise.race([later(0.001), worker(seen)('slow')])
    })
    loop.setExceptionHandler((_loop, { message, task }) => void messages.push(`${message} ${(task as Task).getName()}`))
    const [leftover] = allTasks(loop)
    const name = leftover!.getName()
    loop.close()
    expect(messages).toEqual([`Task was destroyed but it is pending! ${name}`])
    expect(name).toMatch(/ \(left over\)$/)
  })
})

it('a time limit keeps working in what outlived its task', async () => {
  const { stdout, code, stderr } = await runProgram(`
    import { run, sleep, timeout } from 'asyncio-ts'
    await run(async () => {
      const limited = async () => {
        try {
          await timeout(0.01, () => sleep(60))
        } catch (error) {
          console.log(error.name)
        }
      }
      const { createTask } = await import('asyncio-ts')
      await createTask(() => Promise.race([sleep(0.001), limited()]))
      await sleep(0.05)
      console.log('end')
    })`)
  expect([code, stderr, stdout]).toEqual([0, '', 'TimeoutError\nend\n'])
})

it('a time limit over calls that are awaited one after the other ends in TimeoutError', async () => {
  const { stdout, code, stderr } = await runProgram(`
    import { run, sleep, timeout } from 'asyncio-ts'
    const get = async (name: string, seconds: number) => {
      await sleep(seconds)
      return name
    }
    await run(async () => {
      await timeout(0.05, async () => {
        const a = get('a', 1), b = get('b', 2)
        return [await a, await b]
      }).catch((error) => console.log(error.name))
      await sleep(0.1)
      console.log('still here')
      const a = get('a', 60), b = get('b', 60)
      void get('c', 60)
      setTimeout(() => process.kill(process.pid, 'SIGINT'), 10)
      await a
      await b
    }).catch((error) => console.log(error.name))`)
  expect([code, stderr, stdout]).toEqual([0, '', 'TimeoutError\nstill here\nKeyboardInterrupt\n'])
})
