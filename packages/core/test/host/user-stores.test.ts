import { AsyncLocalStorage } from 'node:async_hooks'
import { describe, expect, test } from 'vitest'
import { coroutine, Future, getRunningLoop, Task } from '../../src/index.ts'
import { BaseEventLoop } from '../../src/primitives.ts'
import { both, virtually } from '../../../../test-support/both.ts'
import { drive, ManualLoop, settle } from '../../../../test-support/manual-loop.ts'
import { sleep } from '../../../../test-support/sleep.ts'

const storage = new AsyncLocalStorage<string>()
const other = new AsyncLocalStorage<object>()

describe("the caller's AsyncLocalStorage stores", () => {
  both('are visible in a task, at every step', function* ({ wait, spell }) {
    const body = spell(function* (wait) {
      const seen = [storage.getStore()]
      yield* wait(sleep(0))
      seen.push(storage.getStore())
      yield* wait(sleep(1))
      seen.push(storage.getStore())
      return seen
    })
    const task = storage.run('request 1', () => new Task(() => body()))
    expect(yield* wait(task)).toEqual(['request 1', 'request 1', 'request 1'])
  })

  both('are kept apart between tasks that interleave', function* ({ wait, spell }) {
    const body = spell(function* (wait, turns: number) {
      const seen = new Set<string | undefined>()
      for (let i = 0; i < turns; i++) {
        seen.add(storage.getStore())
        yield* wait(sleep(i % 2))
      }
      return [...seen]
    })
    const tasks = ['a', 'b', undefined, 'c'].map((store) =>
      store === undefined ? new Task(() => body(4)) : storage.run(store, () => new Task(() => body(4))),
    )
    const seen = []
    for (const task of tasks) seen.push(yield* wait(task))
    expect(seen).toEqual([['a'], ['b'], [undefined], ['c']])
  })

  both('do not leak into the task that waits, nor into the next one', function* ({ wait, spell }) {
    const task = storage.run(
      'inner',
      () =>
        new Task(
          spell(function* (wait) {
            yield* wait(sleep(1))
          }),
        ),
    )
    yield* wait(task)
    expect(storage.getStore()).toBe(undefined)
    const next = new Task(
      spell(function* () {
        return storage.getStore()
      }),
    )
    expect(yield* wait(next)).toBe(undefined)
  })

  both('are inherited by the tasks of a task', function* ({ wait, spell }) {
    const outer = storage.run(
      'inherited',
      () =>
        new Task(
          spell(function* (wait) {
            const inner = new Task(
              spell(function* (wait) {
                yield* wait(sleep(1))
                return storage.getStore()
              }),
            )
            return yield* wait(inner)
          }),
        ),
    )
    expect(yield* wait(outer)).toBe('inherited')
  })

  virtually('are those of the await inside a coroutine that an async function awaits', async () => {
    const body = coroutine(function* () {
      const seen = [storage.getStore()]
      yield* sleep(0)
      seen.push(storage.getStore())
      yield* sleep(1)
      return [...seen, storage.getStore()]
    })
    const task = new Task(async () => {
      const first = await storage.run('span 1', async () => await body())
      return [first, await body(), await storage.run('span 2', async () => await body()), storage.getStore()]
    })
    expect(await task).toEqual([
      ['span 1', 'span 1', 'span 1'],
      [undefined, undefined, undefined],
      ['span 2', 'span 2', 'span 2'],
      undefined,
    ])
  })

  both('may be several', function* ({ wait, spell }) {
    const store = {}
    const body = spell(function* (wait) {
      yield* wait(sleep(1))
      return [storage.getStore(), other.getStore()]
    })
    const task = storage.run('one', () => other.run(store, () => new Task(() => body())))
    expect(yield* wait(task)).toEqual(['one', store])
  })

  both('may be hidden again by exit() before a task is made', function* ({ wait, spell }) {
    const task = storage.run('hidden', () =>
      storage.exit(
        () =>
          new Task(
            spell(function* (wait) {
              yield* wait(sleep(1))
              return storage.getStore()
            }),
          ),
      ),
    )
    expect(yield* wait(task)).toBe(undefined)
  })

  both('are visible in finally when the task is cancelled', function* ({ wait, spell }) {
    const seen: unknown[] = []
    const body = spell(function* (wait) {
      try {
        yield* wait(sleep(10))
      } finally {
        seen.push(storage.getStore())
        yield* wait(sleep(1))
        seen.push(storage.getStore())
      }
    })
    const task = storage.run('kept', () => new Task(() => body()))
    yield* wait(sleep(1))
    task.cancel()
    yield* wait(sleep(5))
    expect([seen, task.cancelled()]).toEqual([['kept', 'kept'], true])
  })

  virtually('are visible in a coroutine that an async function awaits', async () => {
    const inner = coroutine(function* () {
      const seen = [storage.getStore()]
      yield* sleep(1)
      seen.push(storage.getStore())
      return seen
    })
    const task = storage.run('delegated', () => new Task(async () => [...(await inner()), storage.getStore()]))
    expect(await task).toEqual(['delegated', 'delegated', 'delegated'])
  })

  virtually('set inside an async function hold for its next awaits, in coroutines too', async () => {
    const inner = coroutine(function* () {
      yield* sleep(1)
      return storage.getStore()
    })
    const seen = await storage.run('inside', async () => {
      await sleep(1)
      const before = storage.getStore()
      return [before, await inner(), storage.getStore()]
    })
    expect(seen[0]).toBe('inside')
    expect(seen[2]).toBe('inside')
    expect(storage.getStore()).toBe(undefined)
  })

  test('of whoever settles a future are not those of whoever waits', async () => {
    const loop = new ManualLoop()
    const future = loop.createFuture<void>()
    const task = loop.createTask(async () => {
      await future
      return storage.getStore()
    })
    const generator = loop.createTask(function* () {
      yield* future
      return storage.getStore()
    })
    loop.turn()
    await settle()
    storage.run('settler', () => future.setResult())
    await storage.run('driver', () => drive(loop, () => task.done() && generator.done()))
    expect(task.result()).toBe(undefined)
  })
})

describe('stores of whoever happens to wake the pump', () => {
  test('do not show in tasks, callbacks or timers of others', async () => {
    const loop = new BaseEventLoop()
    const pumped = getRunningLoop()
    expect(loop).not.toBe(pumped)
    const gate = new Future<void>()
    const seen: Record<string, unknown> = {}
    const waitingGenerator = new Task(function* () {
      yield* gate
      seen['generator'] = storage.getStore()
    })
    const waitingAsync = new Task(async () => {
      await gate
      seen['async'] = storage.getStore()
    })
    await settle()
    await settle()
    // The pump is idle: this callback is what wakes it, inside a store of its own.
    storage.run('waker', () => pumped.callSoon(() => gate.setResult()))
    await waitingGenerator
    await waitingAsync
    expect(seen).toEqual({ generator: undefined, async: undefined })
  })

  test('do not show in tasks that are woken by a timer set inside a store', async () => {
    const loop = getRunningLoop()
    const gate = new Future<void>()
    const task = new Task(function* () {
      yield* gate
      return storage.getStore()
    })
    await settle()
    storage.run('timer', () => loop.callLater(0.001, () => gate.setResult()))
    expect(await task).toBe(undefined)
  })

  test('do not show in a task made outside of every store while the pump runs', async () => {
    const loop = getRunningLoop()
    const result = new Future<unknown>()
    storage.run('waker', () => loop.callSoon(() => undefined))
    loop.callSoon(() => {
      const task = new Task(function* () {
        yield undefined
        return storage.getStore()
      })
      task.addDoneCallback(() => result.setResult(task.result()))
    })
    expect(await result).toBe(undefined)
  })
})
