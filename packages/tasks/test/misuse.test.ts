import { describe, expect, it } from 'vitest'
import { coroutine, Future, getRunningLoop, ValueError } from '@asyncio-ts/core'
import { runManually } from '../../../test-support/manual-loop.ts'
import * as tasks from '../src/index.ts'

const { asCompleted, createTask, ensureFuture, gather, mapConcurrent, shield, sleep, timeout, wait, waitFor } = tasks

/** What is done, the class of the error, and words of the message that say what to do. */
const misuses: [string, () => unknown, string, RegExp][] = [
  ['sleep without a number', () => sleep('1' as never), 'TypeError', /number of seconds/],
  ['sleep for NaN seconds', () => sleep(NaN), 'ValueError', /Give a number/],
  ['createTask of a running promise', () => createTask(Promise.resolve(1) as never), 'TypeError', /Pass the function/],
  ['createTask of a future', () => createTask(new Future() as never), 'TypeError', /await it, or gather it/],
  ['createTask of nothing', () => createTask(undefined as never), 'TypeError', /function that returns one/],
  ['gather of a number', () => gather(1 as never), 'TypeError', /is required/],
  ['shield of a string', () => shield('x' as never), 'TypeError', /is required/],
  [
    'ensureFuture with another loop',
    () => ensureFuture(new Future(), { loop: {} as never }),
    'ValueError',
    /different/,
  ],
  ['wait for nothing', () => wait([]), 'ValueError', /at least one/],
  ['wait for a coroutine', () => wait([sleep(1)] as never), 'TypeError', /Make a task/],
  ['wait for one future', () => wait(new Future() as never), 'TypeError', /several/],
  ['wait until something else', () => wait([new Future()], { returnWhen: 'x' as never }), 'ValueError', /returnWhen/],
  ['waitFor with NaN', () => waitFor(sleep(1), NaN), 'ValueError', /Give a number/],
  ['timeout with a string', () => timeout('1' as never, () => 1), 'TypeError', /number of seconds/],
  ['timeout without a body', () => timeout(1, undefined as never), 'TypeError', /body/],
  ['taskGroup without a body', () => tasks.taskGroup(undefined as never), 'TypeError', /body/],
  ['asCompleted of one future', () => asCompleted(new Future() as never), 'TypeError', /iterable/],
  ['asCompleted of a number', () => asCompleted(1 as never), 'TypeError', /iterable/],
  ['mapConcurrent without a limit', () => mapConcurrent([], () => 1, {} as never), 'ValueError', /at least 1/],
  ['mapConcurrent with half a limit', () => mapConcurrent([], () => 1, { limit: 1.5 }), 'ValueError', /whole number/],
  ['mapConcurrent without a function', () => mapConcurrent([], 1 as never, { limit: 1 }), 'TypeError', /function/],
  ['wrapFuture of a number', () => tasks.wrapFuture(1 as never), 'TypeError', /promise/],
  ['a timeout outside of a task', () => new tasks.Timeout(1).enter(), 'RuntimeError', /createTask or run/],
  ['a task group outside of a task', () => new tasks.TaskGroup().enter(), 'RuntimeError', /createTask or run/],
]

describe('misuse', () => {
  it.each(misuses)('%s throws at the call', (_what, call, name, message) => {
    let thrown: unknown
    try {
      call()
    } catch (error) {
      thrown = error
    }
    expect(thrown).toMatchObject({ name, message: expect.stringMatching(message) as string })
  })

  it('gather of futures of two loops throws', async () => {
    let other!: Future
    await runManually(function* () {
      other = new Future()
      yield
    })
    await runManually(function* () {
      expect(() => gather(new Future(), other)).toThrow(ValueError)
      yield
    })
  })

  it('a function that returns no awaitable fails its task with what to do', async () => {
    await runManually(async () => {
      await expect(createTask((() => 5) as never)).rejects.toThrow(/returns a generator, a promise or an awaitable/)
    })
  })

  it('a coroutine object is awaited once', async () => {
    const once = coroutine(function* () {
      yield
    })
    await runManually(async () => {
      const object = once()
      await object
      await expect((async () => object)()).rejects.toThrow(/cannot reuse already awaited/)
      await expect(createTask(object)).rejects.toThrow(/cannot reuse already awaited/)
    })
  })

  it('loses nothing: a refused task group leaves no task behind', async () => {
    await runManually(async () => {
      const before = tasks.allTasks().size
      const group = new tasks.TaskGroup()
      expect(() => group.createTask(sleep(1))).toThrow(/has not been entered/)
      expect(tasks.allTasks().size).toBe(before)
      expect(getRunningLoop().nextTimeout()).toBe(null)
    })
  })
})
