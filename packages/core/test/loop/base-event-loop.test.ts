import { inspect } from 'node:util'
import { describe, expect, test, vi } from 'vitest'
import { Context, ContextVar, RuntimeError, Task } from '../../src/index.ts'
import { BaseEventLoop } from '../../src/primitives.ts'
import type { TaskFactory } from '../../src/index.ts'
import { virtually } from '../../../../test-support/both.ts'
import { collectErrors, thrownBy } from '../../../../test-support/errors.ts'
import { ManualLoop } from '../../../../test-support/manual-loop.ts'

describe('callSoon', () => {
  test('runs callbacks in order, with their arguments, in the next turn', () => {
    const loop = new ManualLoop()
    const seen: unknown[] = []
    loop.callSoon((...args: unknown[]) => seen.push(args), 1, 'two', { three: 3 })
    loop.callSoon(() => seen.push('second'))
    expect(seen).toEqual([])
    loop.turn()
    expect(seen).toEqual([[1, 'two', { three: 3 }], 'second'])
  })

  test('leaves what a callback schedules to the turn after', () => {
    const loop = new ManualLoop()
    const seen: string[] = []
    loop.callSoon(() => {
      seen.push('outer')
      loop.callSoon(() => seen.push('inner'))
    })
    loop.turn()
    expect(seen).toEqual(['outer'])
    expect(loop.nextTimeout()).toBe(0)
    loop.turn()
    expect(seen).toEqual(['outer', 'inner'])
  })

  test('takes the context after the arguments', () => {
    const loop = new ManualLoop()
    const variable = new ContextVar('v', { default: 'none' })
    const context = new Context()
    context.run(() => variable.set('given'))
    const seen: unknown[] = []
    const handle = loop.callSoon((n: number) => seen.push([n, variable.get()]), 7, { context })
    expect(handle.getContext()).toBe(context)
    loop.turn()
    expect(seen).toEqual([[7, 'given']])
  })

  test('gives a last argument that only looks like options to the callback', () => {
    const loop = new ManualLoop()
    const seen: unknown[] = []
    loop.callSoon((value: unknown) => seen.push(value), { context: 'mine' })
    loop.turn()
    expect(seen).toEqual([{ context: 'mine' }])
  })

  test('can be called off, and not after the fact', () => {
    const loop = new ManualLoop()
    const seen: string[] = []
    const handle = loop.callSoon(() => seen.push('cancelled'))
    const other = loop.callSoon(() => seen.push('other'))
    handle.cancel()
    expect([handle.cancelled(), other.cancelled()]).toEqual([true, false])
    loop.turn()
    other.cancel()
    handle.cancel()
    loop.turn()
    expect(seen).toEqual(['other'])
  })

  test('can be called off by a callback of the same turn', () => {
    const loop = new ManualLoop()
    const seen: string[] = []
    loop.callSoon(() => late.cancel())
    const late = loop.callSoon(() => seen.push('late'))
    loop.turn()
    expect(seen).toEqual([])
  })
})

describe('a closed loop', () => {
  test('takes nothing more, and can be closed again', () => {
    const loop = new ManualLoop()
    const seen: string[] = []
    loop.callSoon(() => seen.push('dropped'))
    loop.callLater(1, () => seen.push('dropped'))
    expect(loop.isClosed()).toBe(false)
    loop.close()
    loop.close()
    expect(loop.isClosed()).toBe(true)
    for (const act of [
      () => loop.callSoon(() => 1),
      () => loop.callLater(1, () => 1),
      () => loop.callAt(1, () => 1),
      () => loop.createTask(function* () {}),
      () => loop.turn(),
    ]) {
      const error = thrownBy(act)
      expect(error).toBeInstanceOf(RuntimeError)
      expect(error.message).toContain('closed: make a new one')
    }
    expect(seen).toEqual([])
  })

  test('cannot be closed while it runs', () => {
    const loop = new ManualLoop()
    let error: unknown
    loop.callSoon(() => (error = thrownBy(() => loop.close())))
    loop.turn()
    expect(error).toBeInstanceOf(RuntimeError)
    expect((error as Error).message).toContain('stop it first')
    expect(loop.isClosed()).toBe(false)
  })

  test('reports the tasks that were pending', () => {
    const loop = new ManualLoop()
    const errors = collectErrors(loop)
    const task = loop.createTask(function* () {
      yield* loop.createFuture()
    })
    loop.turn()
    loop.close()
    expect(errors.map((context) => context.message)).toEqual(['Task was destroyed but it is pending!'])
    expect(errors[0]!.task).toBe(task)
  })
})

describe('the task factory', () => {
  virtually('makes the tasks of createTask, with the options as they were given', function* (loop) {
    const calls: unknown[] = []
    const factory: TaskFactory = (given, coroutine, options) => {
      calls.push([given === loop, options])
      return new Task(coroutine, { ...options, name: `made ${options?.name ?? 'without a name'}`, loop: given })
    }
    loop.setTaskFactory(factory)
    expect(loop.getTaskFactory()).toBe(factory)
    const [first, second] = [
      loop.createTask(
        function* () {
          return 1
        },
        { name: 'x' },
      ),
      loop.createTask(function* () {
        return 2
      }),
    ]
    expect([first.getName(), second.getName()]).toEqual(['made x', 'made without a name'])
    expect(calls).toEqual([
      [true, { name: 'x' }],
      [true, undefined],
    ])
    expect([yield* first, yield* second]).toEqual([1, 2])
    loop.setTaskFactory(null)
    expect(loop.getTaskFactory()).toBe(null)
  })

  test('must be a function or null', () => {
    expect(thrownBy(() => new ManualLoop().setTaskFactory(1 as never))).toBeInstanceOf(TypeError)
  })
})

describe('debug mode of a loop', () => {
  test('is off, and can be set', () => {
    const loop = new BaseEventLoop({ debug: false })
    expect(loop.getDebug()).toBe(false)
    loop.setDebug(true)
    expect(loop.getDebug()).toBe(true)
    loop.setDebug(false)
    expect(loop.getDebug()).toBe(false)
    const born = new BaseEventLoop({ debug: true })
    expect(born.getDebug()).toBe(true)
    born.close()
  })

  test('refuses coroutine functions as callbacks', () => {
    const loop = new ManualLoop()
    loop.setDebug(true)
    try {
      for (const fn of [async () => 1, function* () {}]) {
        const error = thrownBy(() => loop.callSoon(fn as () => unknown))
        expect(error).toBeInstanceOf(TypeError)
        expect(error.message).toContain('createTask')
      }
    } finally {
      loop.setDebug(false)
    }
  })

  test('reports what takes long, by a limit that can be set', () => {
    const loop = new ManualLoop()
    expect(loop.slowCallbackDuration).toBe(0.1)
    const warned = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    loop.setDebug(true)
    try {
      loop.callSoon(function quick() {})
      loop.turn()
      expect(warned).not.toHaveBeenCalled()
      loop.slowCallbackDuration = 0
      loop.callSoon(function slow() {})
      loop.turn()
      expect(warned.mock.calls.map(String).join()).toMatch(/Executing <Handle slow\(\)> took 0\.0\d\d seconds/)
    } finally {
      loop.setDebug(false)
      warned.mockRestore()
    }
  })
})

describe('loops and handles as text', () => {
  test('show their state', () => {
    const loop = new ManualLoop()
    expect(String(loop)).toBe('<ManualLoop running=false closed=false debug=false>')
    expect(inspect(loop)).toBe(String(loop))
    const handle = loop.callSoon(function work() {})
    const timer = loop.callAt(3, function later() {})
    expect([handle, timer].map(String)).toEqual(['<Handle work()>', '<TimerHandle later() when=3>'])
    handle.cancel()
    timer.cancel()
    expect([inspect(handle), inspect(timer)]).toEqual(['<Handle cancelled>', '<TimerHandle cancelled when=3>'])
    loop.close()
    expect(String(loop)).toBe('<ManualLoop running=false closed=true debug=false>')
  })
})
