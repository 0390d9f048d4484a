import { AsyncLocalStorage } from 'node:async_hooks'
import { once, EventEmitter } from 'node:events'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { allTasks, ContextVar, currentTask, Future, isCancelled, Task } from '@asyncio-ts/core'
import { createTask, gather, shield, sleep, taskGroup, timeout, waitFor, wait, ensureFuture } from '@asyncio-ts/tasks'
import type { Coroutine } from '@asyncio-ts/core'
import { ManualLoop, runManually, settle } from '../../../../test-support/manual-loop.ts'

/** As a program that is compiled is typed: its calls can be made tasks. */
const call = <T>(promise: Promise<T>): Coroutine<T> => promise as unknown as Coroutine<T>

const never = (): Promise<never> => new Promise(() => undefined)
let log: unknown[] = []
const unhandled: unknown[] = []
const onUnhandled = (error: unknown): void => void unhandled.push(error)

beforeEach(() => {
  log = []
  unhandled.length = 0
  process.on('unhandledRejection', onUnhandled)
})
afterEach(async () => {
  await settle()
  process.off('unhandledRejection', onUnhandled)
  expect(unhandled).toEqual([])
})

async function get<T>(value: T, seconds: number): Promise<T> {
  try {
    await sleep(seconds)
    return value
  } catch (error) {
    log.push(`${value} ${(error as Error).name}`)
    throw error
  } finally {
    log.push(`${value} ends`)
  }
}

const nameOf = (error: unknown): string => (error as Error).name

describe('a time limit', () => {
  it('ends two calls that were started together, and the program goes on', async () => {
    await runManually(async () => {
      const limited = timeout(0.05, async () => {
        const a = get('a', 1)
        const b = get('b', 2)
        return [await a, await b]
      })
      log.push(await limited.catch(nameOf))
      await sleep(0.1)
      log.push('still here')
    })
    expect(log).toEqual(['a CancelledError', 'a ends', 'b CancelledError', 'b ends', 'TimeoutError', 'still here'])
  })

  it('cuts off a promise that never settles, and finally runs', async () => {
    await runManually(async () => {
      const start = currentTask()!.getLoop().time()
      const limited = timeout(0.1, async () => {
        try {
          await never()
        } finally {
          await sleep(0)
          log.push('cleaned')
        }
      })
      log.push(await limited.catch(nameOf), currentTask()!.getLoop().time() - start)
    })
    expect(log).toEqual(['cleaned', 'TimeoutError', 0.1])
  })

  it('swallows what the promise does later', async () => {
    let reject!: (error: Error) => void
    await runManually(async () => {
      const late = new Promise((_resolve, refuse) => (reject = refuse))
      await timeout(0.1, async () => await late).catch(nameOf)
      reject(new Error('late'))
      await sleep(1)
    })
  })

  it('tells a body by its signal, and stays a TimeoutError', async () => {
    const emitter = new EventEmitter()
    await runManually(async () => {
      const limited = timeout(0.05, async () => await once(emitter, 'x', { signal: currentTask()!.signal }))
      log.push(await limited.catch(nameOf))
    })
    expect(log).toEqual(['TimeoutError'])
    expect(emitter.listenerCount('x')).toBe(0)
  })

  it('concerns the call that set it, and not the others that run beside it', async () => {
    const limited = async (limit: number, value: string, seconds: number): Promise<string> =>
      await timeout(limit, async () => await get(value, seconds))
    await runManually(async () => {
      const results = await Promise.allSettled([limited(0.01, 'a', 1), limited(1, 'b', 0.1), limited(0.02, 'c', 1)])
      log = results.map((result) => (result.status === 'fulfilled' ? result.value : nameOf(result.reason)))
    })
    expect(log).toEqual(['TimeoutError', 'b', 'TimeoutError'])
  })

  it('concerns a call that is made a task after it was set', async () => {
    const limited = async (): Promise<string> => {
      await timeout(0.01, async () => await get('a', 1))
      return 'not reached'
    }
    await runManually(async () => {
      const task = createTask(call(limited()))
      await sleep(0.1)
      log.push(nameOf(task.exception()), currentTask()!.cancelling())
    })
    expect(log).toEqual(['a CancelledError', 'a ends', 'TimeoutError', 0])
  })

  it('is over for a call of waitFor that is handed on at once', async () => {
    await runManually(async () => {
      log.push(await waitFor(call(get('query', 3)), 0.05).catch(nameOf))
    })
    expect(log).toEqual(['query CancelledError', 'query ends', 'TimeoutError'])
  })
})

describe('a cancel', () => {
  it('is delivered once', async () => {
    await runManually(async () => {
      const other = new AbortController()
      const task = createTask(async () => {
        const signal = AbortSignal.any([currentTask()!.signal, other.signal])
        try {
          await new Promise((_resolve, reject) =>
            signal.addEventListener('abort', () => reject(signal.reason as Error)),
          )
        } finally {
          await sleep(0)
          log.push('cleaned')
        }
      })
      await sleep(0)
      task.cancel()
      await task.catch((error) => log.push(isCancelled(error)))
    })
    expect(log).toEqual(['cleaned', true])
  })

  it('reaches what runs beside the main call, which unwinds first', async () => {
    await runManually(async () => {
      const task = createTask(async () => await Promise.all([get('a', 1), get('b', 1)]))
      await sleep(0)
      task.cancel('why')
      await task.catch((error) => log.push((error as Error).message))
    })
    expect(log).toEqual(['a CancelledError', 'a ends', 'b CancelledError', 'b ends', 'why'])
  })

  it('reaches a call that the task has left behind, when the loop shuts down', async () => {
    const loop = new ManualLoop()
    await runManually(async () => {
      await Promise.race([get('quick', 0.1), get('slow', 10)])
      void get('forgotten', 10)
      log.push('main ends')
    }, loop)
    expect(log).toEqual([
      'quick ends',
      'main ends',
      ...['slow CancelledError', 'slow ends', 'forgotten CancelledError', 'forgotten ends'],
    ])
  })

  it('lets the clean-up of a call that was left behind wait', async () => {
    await runManually(async () => {
      void (async () => {
        try {
          await never()
        } finally {
          await sleep(1)
          log.push('cleaned')
        }
      })()
    })
    expect(log).toEqual(['cleaned'])
  })

  it('leaves a call that another task waits for alone', async () => {
    await runManually(async () => {
      const shared = get('shared', 1)
      await sleep(0)
      const task = createTask(async () => await shared)
      await sleep(0)
      task.cancel()
      log.push(await task.catch(nameOf))
      log.push(await shared)
    })
    expect(log).toEqual(['CancelledError', 'shared ends', 'shared'])
  })
})

describe('calls handed on in the step in which they were made', () => {
  it('become tasks', async () => {
    await runManually(async () => {
      const task = createTask(call(get('a', 1)), { name: 'mine' })
      log.push(task instanceof Task, task.getName(), await task)
      log.push(...(await gather(call(get('b', 1)), call(get('c', 2)))))
      log.push(await shield(call(get('d', 1))), await ensureFuture(call(get('e', 1))))
      const { done } = await wait([get('f', 1)] as unknown as Task<string>[])
      log.push([...done].map((one) => one.result()))
    })
    const values = log.filter((line) => !String(line).endsWith('ends'))
    expect(values).toEqual([true, 'mine', 'a', 'b', 'c', 'd', 'e', ['f']])
  })

  it('become tasks of a group, which cancels and awaits them', async () => {
    await runManually(async () => {
      const group = taskGroup(async (tg) => {
        tg.createTask(call(get('a', 1)))
        tg.createTask(
          call(
            (async () => {
              await sleep(0)
              throw new Error('fails')
            })(),
          ),
        )
      })
      log.push(await group.catch((error) => (error as AggregateError).errors.map(String)))
    })
    expect(log).toEqual(['a CancelledError', 'a ends', ['Error: fails']])
  })

  it('are cancelled with the gather that waits for them', async () => {
    await runManually(async () => {
      const task = createTask(async () => await gather(call(get('a', 1)), call(get('b', 1))))
      await sleep(0)
      task.cancel()
      log.push(await task.catch(nameOf))
    })
    expect(log).toEqual(['a CancelledError', 'a ends', 'b CancelledError', 'b ends', 'CancelledError'])
  })

  it('are refused when they come too late', async () => {
    await runManually(async () => {
      const later = get('later', 1)
      await sleep(0)
      expect(() => createTask(call(later))).toThrow('got a promise, which is running already')
      const awaited = get('awaited', 1)
      void awaited.then()
      expect(() => createTask(call(awaited))).toThrow('got a promise, which is running already')
      expect(await gather(later, awaited)).toEqual(['later', 'awaited'])
    })
  })

  it('outside of tasks become tasks as well', async () => {
    const task = createTask(call(get('a', 0.001)), { name: 'outside' })
    expect(task.getName()).toBe('outside')
    expect(await task).toBe('a')
  })
})

describe('an error of a call that nobody awaits', () => {
  it('is reported as the host reports rejections', async () => {
    await runManually(async () => {
      void (async () => {
        await sleep(0)
        throw new Error('mine')
      })()
      void (async () => {
        throw new Error('at once')
      })()
      await sleep(1)
    })
    await settle()
    expect(unhandled.splice(0).map(String)).toEqual(['Error: at once', 'Error: mine'])
  })

  it('is reported outside of tasks', async () => {
    void (async () => {
      throw new Error('outside')
    })()
    await settle()
    expect(unhandled.splice(0).map(String)).toEqual(['Error: outside'])
  })

  it('is not reported when it is awaited in the same step', async () => {
    await runManually(async () => {
      const failing = (async () => {
        throw new Error('mine')
      })()
      await failing.catch(() => undefined)
      const other = (async () => {
        throw new Error('mine')
      })()
      await expect(other).rejects.toThrow('mine')
    })
  })
})

describe('context', () => {
  it('is the task and the variables of the task, in every call', async () => {
    const variable = new ContextVar<string>('variable')
    await runManually(async () => {
      const task = currentTask()
      variable.set('main')
      const inner = async (): Promise<void> => {
        await sleep(0)
        log.push(currentTask() === task, variable.get())
        await never().constructor
        await Promise.resolve()
        log.push(currentTask() === task, variable.get())
      }
      await inner()
      await Promise.all([inner(), inner()])
    })
    expect(new Set(log)).toEqual(new Set([true, 'main']))
    expect(log.length).toBe(12)
  })

  it('keeps the stores of an AsyncLocalStorage that a call was made in', async () => {
    const storage = new AsyncLocalStorage<string>()
    const read = async (): Promise<void> => {
      log.push(storage.getStore())
      await sleep(0)
      log.push(storage.getStore())
      await Promise.resolve()
      log.push(storage.getStore())
    }
    await runManually(async () => {
      await storage.run('inner', read)
      log.push(storage.getStore())
      await storage.run('other', async () => {
        await read()
        storage.enterWith('entered')
        await sleep(0)
        log.push(storage.getStore())
      })
      await sleep(0)
      log.push(storage.getStore())
      await Promise.all([storage.run('x', read), read()])
    })
    expect(log).toEqual([
      ...['inner', 'inner', 'inner', undefined],
      ...['other', 'other', 'other', 'entered', undefined],
      ...['x', undefined, 'x', undefined, 'x', undefined],
    ])
  })
})

describe('an await', () => {
  it('does not wait for what is there already, in a task', async () => {
    await runManually(async () => {
      let other = false
      createTask(async () => void (other = true))
      const done = new Future<number>()
      done.setResult(1)
      await done
      await 1
      await (async () => 2)()
      log.push(other)
      await sleep(0)
      log.push(other)
    })
    expect(log).toEqual([false, true])
  })

  it('of itself is an error', async () => {
    await runManually(async () => {
      // eslint-disable-next-line prefer-const -- it waits for itself
      let own: Promise<unknown>
      const waits = async (): Promise<void> => {
        await sleep(0)
        await own
      }
      own = waits()
      await expect(own).rejects.toThrow('Task cannot await on itself')
      // eslint-disable-next-line prefer-const -- it returns itself
      let returned: Promise<unknown>
      const returns = async (): Promise<unknown> => {
        await sleep(0)
        return returned
      }
      returned = returns()
      await expect(returned).rejects.toThrow(TypeError)
    })
  })

  it('leaves no task behind', async () => {
    const loop = new ManualLoop()
    await runManually(async () => {
      await Promise.all([get('a', 1), get('b', 2)])
      expect(allTasks().size).toBe(1)
    }, loop)
  })
})
