import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import {
  allTasks,
  coroutine,
  currentTask,
  Future,
  getRunningLoop,
  InvalidStateError,
  isFuture,
  RuntimeError,
  Task,
} from '../../src/index.ts'
import { setRunningLoop } from '../../src/primitives.ts'
import type { Coroutine } from '../../src/index.ts'
import { both, virtually } from '../../../../test-support/both.ts'
import { thrownBy } from '../../../../test-support/errors.ts'
import { drive, ManualLoop } from '../../../../test-support/manual-loop.ts'
import { sleep } from '../../../../test-support/sleep.ts'

describe('Task', () => {
  both('runs its coroutine and is the future of what it returns', function* ({ wait, spell }) {
    const work = spell(function* (wait, n: number) {
      yield* wait(sleep(1))
      return n * 2
    })
    const task = new Task(() => work(21))
    expect([task.done(), isFuture(task)]).toEqual([false, true])
    expect(yield* wait(task)).toBe(42)
    expect([task.done(), task.cancelled(), task.result(), task.exception()]).toEqual([true, false, 42, null])
  })

  both('fails with what its coroutine throws', function* ({ wait, spell }) {
    const error = new RangeError('boom')
    const task = new Task(
      spell(function* (wait) {
        yield* wait(sleep(1))
        throw error
      }),
    )
    let caught: unknown
    try {
      yield* wait(task)
    } catch (thrown) {
      caught = thrown
    }
    expect(caught).toBe(error)
    expect([task.done(), task.cancelled(), task.exception()]).toEqual([true, false, error])
  })

  both('keeps what is thrown when it is no Error', function* ({ wait, spell }) {
    for (const value of ['a string', 0, null, undefined]) {
      const task = new Task(
        spell(function* () {
          throw value
        }),
      )
      let caught: unknown = 'nothing'
      try {
        yield* wait(task)
      } catch (thrown) {
        caught = thrown
      }
      expect([caught, task.exception(), task.done()]).toEqual([value, value, true])
    }
  })

  both('begins in the next turn, after what was ready, tasks in the order they were made', function* ({ wait, spell }) {
    const loop = getRunningLoop()
    const seen: unknown[] = []
    loop.callSoon(() => seen.push('callback'))
    const note = spell(function* (_wait, name: string) {
      seen.push(name)
    })
    const tasks = ['first', 'second', 'third'].map((name) => new Task(() => note(name)))
    loop.callSoon(() => seen.push('late callback'))
    expect(seen).toEqual([])
    for (const task of tasks) yield* wait(task)
    expect(seen).toEqual(['callback', 'first', 'second', 'third', 'late callback'])
  })

  virtually('wakes its parent one turn after it is done, behind what it queued', function* (loop) {
    const seen: string[] = []
    const task = new Task(function* () {
      loop.callSoon(() => seen.push('queued by the child'))
      seen.push('child')
    })
    yield* task
    seen.push('parent')
    expect(seen).toEqual(['child', 'queued by the child', 'parent'])
  })

  virtually('gives up exactly one turn at a bare yield', function* (loop) {
    const seen: string[] = []
    const spin = function* (name: string): Coroutine<void> {
      for (let i = 0; i < 3; i++) {
        seen.push(`${name}${i}`)
        yield undefined
      }
    }
    const tasks = [new Task(spin('a')), new Task(spin('b'))]
    for (const task of tasks) yield* task
    expect(seen).toEqual(['a0', 'b0', 'a1', 'b1', 'a2', 'b2'])
    expect(loop.time()).toBe(0)
  })

  test.each([
    [
      'a generator',
      () =>
        (function* (): Coroutine<number> {
          return 1
        })(),
    ],
    [
      'a generator function',
      () =>
        function* (): Coroutine<number> {
          return 1
        },
    ],
    [
      'a coroutine object',
      () =>
        coroutine(function* () {
          return 1
        })(),
    ],
    [
      'a coroutine function',
      () =>
        coroutine(function* () {
          return 1
        }),
    ],
    ['an async function', () => async () => 1],
    ['a function that returns a promise', () => () => Promise.resolve(1)],
    ['a function that returns a thenable', () => () => ({ then: (ok: (n: number) => void) => ok(1) })],
    [
      'a function that returns a future',
      () => () => {
        const f = new Future<number>()
        f.setResult(1)
        return f
      },
    ],
    [
      'a function that returns a pending future',
      () => () => {
        const future = new Future<number>()
        getRunningLoop().callLater(5, () => future.setResult(1))
        return future
      },
    ],
    ['a function that returns a task', () => () => new Task(async () => 1)],
    [
      'a function that returns a generator object',
      () => () =>
        (function* () {
          return 1
        })(),
    ],
  ])('runs %s', async (_name, make) => {
    const loop = new ManualLoop()
    setRunningLoop(loop)
    try {
      const task = loop.createTask<number>(make() as never)
      await drive(loop, () => task.done())
      expect(task.result()).toBe(1)
    } finally {
      setRunningLoop(null)
    }
  })

  test.each([[undefined], [null], [1], ['text'], [{}], [[]], [Symbol('s')]])('refuses %o', (value) => {
    const error = thrownBy(() => new ManualLoop().createTask(value as never))
    expect(error).toBeInstanceOf(TypeError)
    expect(error.message).toMatch(/coroutine or a function/)
  })

  test('refuses a promise, and says what to pass instead', () => {
    const error = thrownBy(() => new ManualLoop().createTask(Promise.resolve(1) as never))
    expect(error).toBeInstanceOf(TypeError)
    expect(error.message).toContain('createTask(() => work())')
    expect(error.message).toContain('wrapFuture(promise)')
  })

  test('refuses a future, and says that it runs already', () => {
    const loop = new ManualLoop()
    for (const future of [loop.createFuture(), loop.createTask(function* () {})]) {
      const error = thrownBy(() => loop.createTask(future as never))
      expect(error).toBeInstanceOf(TypeError)
      expect(error.message).toContain('runs already')
    }
  })

  test('leaves no trace in the loop when its argument is refused', () => {
    const loop = new ManualLoop()
    thrownBy(() => loop.createTask(1 as never))
    expect(allTasks(loop).size).toBe(0)
    expect(loop.nextTimeout()).toBe(null)
  })

  test('fails when a function returns what cannot be waited for', () => {
    for (const value of [1, undefined, null, {}, 'text']) {
      const loop = new ManualLoop()
      const task = loop.createTask(function notACoroutine() {
        return value
      } as never)
      loop.turn()
      expect(task.exception()).toBeInstanceOf(TypeError)
      expect((task.exception() as Error).message).toContain('notACoroutine()')
    }
  })

  test('fails when its function throws before it returns', () => {
    const loop = new ManualLoop()
    const task = loop.createTask(() => {
      throw new RangeError('early')
    })
    loop.turn()
    expect((task.exception() as Error).message).toBe('early')
  })

  test('cannot be started on a closed loop', () => {
    const loop = new ManualLoop()
    loop.close()
    const error = thrownBy(() => loop.createTask(function* () {}))
    expect(error).toBeInstanceOf(RuntimeError)
    expect(error.message).toContain('closed')
  })

  test('does not take a result or an error from outside', () => {
    const loop = new ManualLoop()
    const task = loop.createTask(function* () {})
    expect(thrownBy(() => (task as Future<unknown>).setResult(1))).toBeInstanceOf(RuntimeError)
    expect(thrownBy(() => (task as Future<unknown>).setException(new Error()))).toBeInstanceOf(RuntimeError)
    expect(task.done()).toBe(false)
    expect(thrownBy(() => task.result())).toBeInstanceOf(InvalidStateError)
  })

  test('passes itself to the function it runs', async () => {
    for (const fn of [
      async (task: unknown) => task,
      function* (task: unknown): Coroutine<unknown> {
        return task
      },
    ]) {
      const loop = new ManualLoop()
      // A task is a thenable: an async function that returns its own task would wait for itself.
      let given: unknown
      const task = loop.createTask((self) => {
        given = self
        return (fn as (task: unknown) => Coroutine<unknown>)(null)
      })
      await drive(loop, () => task.done())
      expect(given).toBe(task)
    }
  })
})

describe('Task names', () => {
  test('count up, and can be given and changed', () => {
    const loop = new ManualLoop()
    const [first, second] = [loop.createTask(function* () {}), loop.createTask(function* () {})]
    const number = (task: Task<void>) => Number(/^Task-(\d+)$/.exec(task.getName())![1])
    expect(number(second) - number(first)).toBe(1)
    const named = loop.createTask(function* () {}, { name: 'worker' })
    expect(named.getName()).toBe('worker')
    named.setName('renamed')
    expect(named.getName()).toBe('renamed')
    named.setName(12 as never)
    expect(named.getName()).toBe('12')
  })

  test('appear in toString with state, coroutine and what is waited for', async () => {
    const loop = new ManualLoop()
    const future = loop.createFuture<number>()
    const work = coroutine(function* work() {
      return yield* future
    })
    const task = loop.createTask(work(), { name: 'w' })
    expect(String(task)).toBe("<Task pending name='w' coro=<work()>>")
    loop.turn()
    expect(String(task)).toBe("<Task pending name='w' coro=<work()> wait_for=<Future pending cb=[Task.wakeup()]>>")
    expect(inspect(task)).toBe(String(task))
    task.cancel()
    expect(String(task)).toContain("<Task cancelling name='w' coro=<work()>")
    loop.turn()
    expect(String(task)).toBe("<Task cancelled name='w' coro=<work()>>")
  })

  test('appear for tasks that finished and failed', () => {
    const loop = new ManualLoop()
    const fine = loop.createTask(
      function* fine() {
        return 7
      },
      { name: 'f' },
    )
    const bad = loop.createTask(
      function* bad() {
        throw new Error('x')
      },
      { name: 'b' },
    )
    loop.turn()
    expect(String(fine)).toBe("<Task finished name='f' coro=<fine()> result=7>")
    expect(String(bad)).toBe("<Task finished name='b' coro=<bad()> exception=Error('x')>")
    bad.exception()
  })

  test('survive a ring of tasks that wait for each other', () => {
    const loop = new ManualLoop()
    const tasks: Task<unknown>[] = []
    for (const n of [0, 1, 2]) {
      tasks.push(
        loop.createTask(function* () {
          yield* tasks[(n + 1) % 3]!
        }),
      )
    }
    loop.turn()
    expect(String(tasks[0])).toMatch(/^<Task pending .* wait_for=<Task pending .* wait_for=<Task pending /)
  })
})

describe('Task.getCoro and getContext', () => {
  test('give what was passed in', () => {
    const loop = new ManualLoop()
    const generator = (function* () {})()
    const task = loop.createTask(generator)
    expect(task.getCoro()).toBe(generator)
    loop.turn()
    expect(task.getCoro()).toBe(generator)
    expect(task.getContext()).toBeTypeOf('object')
  })

  test('getCoro is null when the task was done before it left its constructor', () => {
    const loop = new ManualLoop()
    setRunningLoop(loop)
    try {
      const eager = loop.createTask(
        function* () {
          return 1
        },
        { eagerStart: true },
      )
      expect([eager.done(), eager.getCoro()]).toEqual([true, null])
    } finally {
      setRunningLoop(null)
    }
  })
})

describe('Task with eagerStart', () => {
  both('runs the first step inside the call, as itself', function* ({ wait, spell }) {
    const seen: unknown[] = []
    const outer = currentTask()
    let inside: Task | null = null
    const task = new Task(
      spell(function* (wait) {
        inside = currentTask()
        seen.push('step')
        yield* wait(sleep(1))
        seen.push('resumed', currentTask() === inside)
        return 1
      }),
      { eagerStart: true },
    )
    seen.push('made', currentTask() === outer)
    expect(inside).toBe(task)
    expect(allTasks().has(task as Task)).toBe(true)
    expect(yield* wait(task)).toBe(1)
    expect(seen).toEqual(['step', 'made', true, 'resumed', true])
  })

  virtually('is done when its coroutine needs no wait, and never queued', function* (loop) {
    const task = new Task(
      function* () {
        return 5
      },
      { eagerStart: true },
    )
    expect([task.done(), task.result(), allTasks().has(task)]).toEqual([true, 5, false])
    expect(loop.nextTimeout()).toBe(null)
    const seen: string[] = []
    task.addDoneCallback(() => seen.push('callback'))
    expect(seen).toEqual([])
    yield* sleep(0)
    expect(seen).toEqual(['callback'])
  })

  virtually('is failed when its coroutine throws at once', function* () {
    const task = new Task(
      function* () {
        throw new RangeError('at once')
      },
      { eagerStart: true },
    )
    expect([task.done(), (task.exception() as Error).message]).toEqual([true, 'at once'])
  })

  test('waits for its turn where the loop does not run', () => {
    const loop = new ManualLoop()
    const seen: string[] = []
    loop.createTask(
      function* () {
        seen.push('ran')
      },
      { eagerStart: true },
    )
    expect(seen).toEqual([])
    loop.turn()
    expect(seen).toEqual(['ran'])
  })

  both('may cancel itself in its first step', function* ({ wait, spell }) {
    const task = new Task(
      spell(function* (wait) {
        currentTask()!.cancel('self')
        yield* wait(sleep(1))
      }),
      { eagerStart: true },
    )
    let caught: unknown
    try {
      yield* wait(task)
    } catch (error) {
      caught = error
    }
    expect([task.cancelled(), (caught as Error).message]).toEqual([true, 'self'])
  })
})
