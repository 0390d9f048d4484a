import { EventEmitter, once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { currentTask, ExceptionGroup, Future, getRunningLoop, isCancelled, TimeoutError } from '@asyncio-ts/core'
import { runManually, settle } from '../../../test-support/manual-loop.ts'
import { allTasks, createTask, gather, sleep, TaskGroup, taskGroup, timeout, timeoutAt } from '../src/index.ts'

const bodies = ['a generator in a generator', 'async in async', 'async in a generator', 'a generator in async'] as const

/** Runs `timeout(1, ...)` around a sleep of `seconds`, in each combination of caller and body. */
function limited(kind: (typeof bodies)[number], seconds: number, seen: unknown[]): Promise<unknown> {
  const generatorBody = function* () {
    seen.push(currentTask()?.getName())
    yield* sleep(seconds)
    return 'in time'
  }
  const asyncBody = async (): Promise<string> => {
    seen.push(currentTask()?.getName())
    await sleep(seconds)
    seen.push(currentTask()?.getName())
    return 'in time'
  }
  const body = kind.startsWith('async') ? asyncBody : generatorBody
  return kind.endsWith('generator')
    ? runManually(function* () {
        return yield* timeout(1, body)
      })
    : runManually(async () => timeout(1, body))
}

describe.each(bodies)('timeout with %s', (kind) => {
  it('runs the body as a part of the task', async () => {
    const seen: unknown[] = []
    expect(await limited(kind, 0.5, seen)).toBe('in time')
    expect(new Set(seen)).toEqual(new Set(['main']))
  })

  it('cancels the body and throws a TimeoutError with the cause', async () => {
    const error: unknown = await limited(kind, 5, []).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(TimeoutError)
    expect(isCancelled((error as Error).cause)).toBe(true)
  })
})

describe('timeout', () => {
  it('names itself as the cause of an error that replaces the CancelledError', async () => {
    await runManually(async () => {
      const error: unknown = await timeout(1, async () => {
        try {
          await sleep(5)
        } catch (cause) {
          throw new Error('while unwinding', { cause })
        }
      }).catch((caught: unknown) => caught)
      expect((error as Error).message).toBe('while unwinding')
      expect((error as Error).cause).toBeInstanceOf(TimeoutError)
    })
  })

  it('cancels at the next await of ours when the body is parked on a foreign promise', async () => {
    const log: string[] = []
    await runManually(async () => {
      let resolve!: () => void
      const foreign = new Promise<void>((done) => (resolve = done))
      getRunningLoop().callLater(2, () => resolve())
      await timeout(1, async () => {
        try {
          await foreign
          log.push(`foreign done at ${getRunningLoop().time()}`)
          await sleep(5)
        } finally {
          log.push('unwound')
        }
      }).catch((error: Error) => log.push(error.name))
    })
    expect(log).toEqual(['foreign done at 2', 'unwound', 'TimeoutError'])
  })

  it('in an event handler leaves the task alone in whose context it was registered', async () => {
    const emitter = new EventEmitter()
    const log: string[] = []
    await runManually(async () => {
      emitter.on('request', async (name: string) => {
        await timeout(1, () => sleep(5)).catch((error: Error) => log.push(`${name} ${error.name}`))
      })
      const release = new Future<void>()
      getRunningLoop().callLater(1, () => {
        emitter.emit('request', 'a')
        emitter.emit('request', 'b')
      })
      getRunningLoop().callLater(4, () => release.setResult())
      await release
      log.push(`main at ${getRunningLoop().time()}`)
    })
    expect(log).toEqual(['a TimeoutError', 'b TimeoutError', 'main at 4'])
  })

  it('timeoutAt takes the time of the loop', async () => {
    await runManually(async () => {
      await sleep(10)
      await expect(timeoutAt(12, () => sleep(5))).rejects.toBeInstanceOf(TimeoutError)
      expect(getRunningLoop().time()).toBe(12)
    })
  })

  it('leaves no timer behind', async () => {
    await runManually(async () => {
      await timeout(100, () => sleep(1))
      expect(getRunningLoop().nextTimeout()).toBe(null)
    })
  })
})

describe('a scope outside of any task', () => {
  it('becomes a task of its own', async () => {
    await expect(timeout(0.001, () => new Future())).rejects.toBeInstanceOf(TimeoutError)
    expect(await taskGroup(async (tg) => (await tg.createTask(sleep(0, 1))) + 1)).toBe(2)
  })
})

describe('TaskGroup.cancel', () => {
  it('ends the group without an error, and is idempotent', async () => {
    const log: string[] = []
    await runManually(async () => {
      await taskGroup(async (tg) => {
        tg.createTask(async () => {
          try {
            await sleep(10)
          } finally {
            log.push('task unwound')
          }
        })
        await sleep(1)
        tg.cancel()
        tg.cancel()
        await sleep(10)
        log.push('never')
      })
      log.push(`over at ${getRunningLoop().time()}, ${currentTask()!.cancelling()}`)
    })
    expect(log).toEqual(['task unwound', 'over at 1, 0'])
  })

  it('before the group begins cancels its body at the first await', async () => {
    await runManually(async () => {
      const group = new TaskGroup()
      group.cancel()
      group.enter()
      const error: unknown = await Promise.resolve(sleep(1)).catch((caught: unknown) => caught)
      expect(isCancelled(error)).toBe(true)
      expect(await group.exit(error)).toBe(true)
      expect(currentTask()!.cancelling()).toBe(0)
    })
  })

  it('still throws the errors that tasks raise', async () => {
    await runManually(async () => {
      const ended = taskGroup(async (tg) => {
        tg.createTask(async () => {
          try {
            await sleep(10)
          } finally {
            throw new Error('clean-up failed')
          }
        })
        await sleep(1)
        tg.cancel()
      })
      await expect(ended).rejects.toBeInstanceOf(ExceptionGroup)
    })
  })

  it('from outside while the group waits for its tasks', async () => {
    await runManually(async () => {
      let group!: TaskGroup
      const task = createTask(() =>
        taskGroup(async (tg) => {
          group = tg
          tg.createTask(sleep(10))
        }),
      )
      await sleep(1)
      group.cancel()
      await task
      expect(getRunningLoop().time()).toBe(1)
      expect(task.cancelling()).toBe(0)
    })
  })
})

describe('awaits beside each other', () => {
  it('Promise.all of ours is cancelled with the task', async () => {
    await runManually(async () => {
      const futures = [new Future(), new Future()]
      const task = createTask(async () => {
        await Promise.all(futures)
      })
      await sleep(1)
      task.cancel()
      await gather([task], { returnExceptions: true })
      expect(task.cancelled()).toBe(true)
      expect(futures.map((future) => future.cancelled())).toEqual([true, true])
    })
  })

  it('after a Promise.race the task can still be cancelled', async () => {
    await runManually(async () => {
      const never = new Future()
      const task = createTask(async () => {
        await Promise.race([never, sleep(1)])
        await sleep(10)
      })
      await sleep(2)
      task.cancel()
      await gather([task], { returnExceptions: true })
      expect(task.cancelled()).toBe(true)
      expect(getRunningLoop().time()).toBe(2)
    })
  })

  it('observing a future by hand does not make the task wait for it', async () => {
    await runManually(async () => {
      const observed = new Future<number>()
      const task = createTask(async () => {
        observed.then(
          () => undefined,
          () => undefined,
        )
        await sleep(10)
      })
      await sleep(1)
      task.cancel()
      await gather([task], { returnExceptions: true })
      expect(observed.cancelled()).toBe(false)
      observed.setResult(1)
    })
  })

  it('a host event delivered to a parked task wakes it', async () => {
    const emitter = new EventEmitter()
    await runManually(async () => {
      const task = createTask(async () => {
        await once(emitter, 'go')
        await sleep(1)
        return 'gone'
      })
      await sleep(1)
      emitter.emit('go')
      await settle()
      expect(await task).toBe('gone')
    })
    expect(allTasks().size).toBe(0)
  })
})
