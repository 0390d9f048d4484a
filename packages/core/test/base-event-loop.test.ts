import { inspect } from 'node:util'
import { describe, expect, test, vi } from 'vitest'
import {
  BaseEventLoop,
  Context,
  ContextVar,
  Future,
  getEventLoop,
  getRunningLoop,
  RuntimeError,
  runningLoop,
  setEventLoop,
  setRunningLoop,
  Task,
  ValueError,
} from '../src/index.ts'
import type { ExceptionContext, TaskFactory } from '../src/index.ts'
import { both, collectErrors, sleep, thrownBy, virtually, VirtualLoop } from './virtual.ts'

describe('callSoon', () => {
  test('runs callbacks in order, with their arguments, in the next turn', () => {
    const loop = new VirtualLoop()
    const seen: unknown[] = []
    loop.callSoon((...args: unknown[]) => seen.push(args), 1, 'two', { three: 3 })
    loop.callSoon(() => seen.push('second'))
    expect(seen).toEqual([])
    loop.turn()
    expect(seen).toEqual([[1, 'two', { three: 3 }], 'second'])
  })

  test('leaves what a callback schedules to the turn after', () => {
    const loop = new VirtualLoop()
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
    const loop = new VirtualLoop()
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
    const loop = new VirtualLoop()
    const seen: unknown[] = []
    loop.callSoon((value: unknown) => seen.push(value), { context: 'mine' })
    loop.turn()
    expect(seen).toEqual([{ context: 'mine' }])
  })

  test('can be called off, and not after the fact', () => {
    const loop = new VirtualLoop()
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
    const loop = new VirtualLoop()
    const seen: string[] = []
    loop.callSoon(() => late.cancel())
    const late = loop.callSoon(() => seen.push('late'))
    loop.turn()
    expect(seen).toEqual([])
  })
})

describe('callLater and callAt', () => {
  test('run at their time, and report it', () => {
    const loop = new VirtualLoop()
    const seen: string[] = []
    const later = loop.callLater(2, () => seen.push('later'))
    const at = loop.callAt(1, (name: string) => seen.push(name), 'at')
    expect([later.when(), at.when()]).toEqual([2, 1])
    expect(loop.nextTimeout()).toBe(1)
    loop.turn()
    expect(seen).toEqual([])
    loop.clock.time = 1
    expect(loop.nextTimeout()).toBe(0)
    loop.turn()
    expect(seen).toEqual(['at'])
    loop.clock.time = 2
    loop.turn()
    expect(seen).toEqual(['at', 'later'])
    expect(loop.nextTimeout()).toBe(null)
  })

  test('run equal times in the order of the calls, after what was ready', () => {
    const loop = new VirtualLoop()
    const seen: unknown[] = []
    for (let i = 0; i < 10; i++) loop.callAt(1, () => seen.push(i))
    loop.clock.time = 1
    loop.callSoon(() => seen.push('ready'))
    loop.turn()
    expect(seen).toEqual(['ready', 0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  })

  test('can be called off before and in the turn in which they are due', () => {
    const loop = new VirtualLoop()
    const seen: string[] = []
    const first = loop.callLater(1, () => seen.push('first'))
    loop.callLater(2, () => second.cancel())
    const second = loop.callLater(2, () => seen.push('second'))
    first.cancel()
    expect([first.cancelled(), loop.nextTimeout()]).toEqual([true, 2])
    loop.clock.time = 2
    loop.turn()
    expect(seen).toEqual([])
    second.cancel()
    expect(loop.nextTimeout()).toBe(null)
  })

  test('do not count a handle twice that is cancelled twice, or after it has run', () => {
    const loop = new VirtualLoop()
    const handles = [1, 2, 3].map((when) => loop.callAt(when, () => undefined))
    handles[2]!.cancel()
    handles[2]!.cancel()
    loop.clock.time = 1
    loop.turn()
    handles[0]!.cancel()
    expect(loop.nextTimeout()).toBe(1)
    handles[1]!.cancel()
    expect(loop.nextTimeout()).toBe(null)
  })

  test('take a negative delay as due at once', () => {
    const loop = new VirtualLoop()
    const seen: string[] = []
    loop.callLater(-1, () => seen.push('ran'))
    expect(loop.nextTimeout()).toBe(0)
    loop.turn()
    expect(seen).toEqual(['ran'])
  })

  test.each([
    ['callLater', Number.NaN, ValueError, /delay is NaN/],
    ['callAt', Number.NaN, ValueError, /when is NaN/],
    ['callLater', undefined, TypeError, /number of seconds, got undefined/],
    ['callAt', undefined, TypeError, /number of seconds, got undefined/],
    ['callLater', null, TypeError, /number of seconds, got null/],
    ['callLater', '1', TypeError, /number of seconds, got '1'/],
    ['callAt', new Date(0), TypeError, /number of seconds/],
    ['callLater', 1n, TypeError, /number of seconds, got 1/],
  ] as const)('%s refuses %s as a time', (method, value, type, message) => {
    const loop = new VirtualLoop()
    const error = thrownBy(() => loop[method](value as never, () => undefined))
    expect(error).toBeInstanceOf(type)
    expect(error.message).toMatch(message)
    expect(loop.nextTimeout()).toBe(null)
  })

  test.each([['callSoon'], ['callLater'], ['callAt']] as const)('%s refuses what is no function', (method) => {
    const loop = new VirtualLoop()
    for (const value of [undefined, null, 'code', {}]) {
      const error = thrownBy(() => (method === 'callSoon' ? loop.callSoon(value as never) : loop[method](1, value as never)))
      expect(error).toBeInstanceOf(TypeError)
      expect(error.message).toMatch(/takes a function/)
    }
  })
})

describe('turn and nextTimeout', () => {
  test('a turn with nothing to do does nothing', () => {
    const loop = new VirtualLoop()
    expect(loop.nextTimeout()).toBe(null)
    loop.turn()
    expect(loop.nextTimeout()).toBe(null)
  })

  test('a turn makes the loop the running one, and only while it lasts', () => {
    const loop = new VirtualLoop()
    const outside = getRunningLoop()
    let inside: unknown
    loop.callSoon(() => (inside = getRunningLoop()))
    expect(loop.isRunning()).toBe(false)
    loop.turn()
    expect(inside).toBe(loop)
    expect(getRunningLoop()).toBe(outside)
  })

  test('turns of two loops may nest', () => {
    const [outer, inner] = [new VirtualLoop(), new VirtualLoop()]
    const seen: boolean[] = []
    inner.callSoon(() => seen.push(getRunningLoop() === inner))
    outer.callSoon(() => {
      inner.turn()
      seen.push(getRunningLoop() === outer)
    })
    outer.turn()
    expect(seen).toEqual([true, true])
  })

  test('a turn cannot be taken inside a turn of the same loop', () => {
    const loop = new VirtualLoop()
    const seen: unknown[] = []
    loop.callSoon(() => seen.push(thrownBy(() => loop.turn())))
    loop.callSoon(() => seen.push('second'))
    loop.turn()
    expect(seen[0]).toBeInstanceOf(RuntimeError)
    expect((seen[0] as Error).message).toContain('already running')
    expect(seen[1]).toBe('second')
  })
})

describe('a closed loop', () => {
  test('takes nothing more, and can be closed again', () => {
    const loop = new VirtualLoop()
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
    const loop = new VirtualLoop()
    let error: unknown
    loop.callSoon(() => (error = thrownBy(() => loop.close())))
    loop.turn()
    expect(error).toBeInstanceOf(RuntimeError)
    expect((error as Error).message).toContain('stop it first')
    expect(loop.isClosed()).toBe(false)
  })

  test('reports the tasks that were pending', () => {
    const loop = new VirtualLoop()
    const errors = collectErrors(loop)
    const task = loop.createTask(function* () { yield* loop.createFuture() })
    loop.turn()
    loop.close()
    expect(errors.map((context) => context.message)).toEqual(['Task was destroyed but it is pending!'])
    expect(errors[0]!.task).toBe(task)
  })
})

describe('the exception handler', () => {
  test('is told of errors in callbacks, with the handle, and the loop goes on', () => {
    const loop = new VirtualLoop()
    const told: [unknown, ExceptionContext][] = []
    const handler = (l: unknown, context: ExceptionContext) => void told.push([l, context])
    expect(loop.getExceptionHandler()).toBe(null)
    loop.setExceptionHandler(handler)
    expect(loop.getExceptionHandler()).toBe(handler)
    const seen: string[] = []
    const error = new Error('in a callback')
    const handle = loop.callSoon(function broken() {
      throw error
    })
    loop.callSoon(() => seen.push('went on'))
    loop.turn()
    expect(seen).toEqual(['went on'])
    expect(told).toEqual([[loop, { message: 'Exception in callback broken()', exception: error, handle }]])
  })

  test('runs in the context of what failed', () => {
    const loop = new VirtualLoop()
    const variable = new ContextVar('v', { default: 'none' })
    const seen: string[] = []
    loop.setExceptionHandler(() => seen.push(variable.get()))
    const context = new Context()
    context.run(() => variable.set('of the handle'))
    loop.callSoon(() => { throw new Error('x') }, { context } as never)
    loop.turn()
    expect(seen).toEqual(['of the handle'])
  })

  test('that fails itself falls back to printing both errors', () => {
    const loop = new VirtualLoop()
    const printed = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    try {
      loop.setExceptionHandler(() => {
        throw new Error('handler broken')
      })
      loop.callExceptionHandler({ message: 'first', exception: new Error('original') })
      const text = printed.mock.calls.map((call) => call.map((part) => String(part)).join(' ')).join('\n')
      expect(text).toContain('Unhandled error in exception handler')
      expect(text).toContain('handler broken')
      expect(text).toContain('original')
    } finally {
      printed.mockRestore()
    }
  })

  test('by default prints the message, what is known, and the error', () => {
    const loop = new VirtualLoop()
    const printed = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    try {
      const error = new Error('details')
      loop.callExceptionHandler({ message: 'something failed', exception: error, transport: 1, future: [2] })
      loop.callExceptionHandler({ message: 'no error' })
      expect(printed.mock.calls).toEqual([['something failed\nfuture: [2]\ntransport: 1\n', error], ['no error']])
    } finally {
      printed.mockRestore()
    }
  })

  test('must be a function or null', () => {
    const loop = new VirtualLoop()
    for (const value of [1, {}, 'x', undefined]) {
      expect(thrownBy(() => loop.setExceptionHandler(value as never))).toBeInstanceOf(TypeError)
    }
    loop.setExceptionHandler(null)
    expect(loop.getExceptionHandler()).toBe(null)
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
      loop.createTask(function* () { return 1 }, { name: 'x' }),
      loop.createTask(function* () { return 2 }),
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
    expect(thrownBy(() => new VirtualLoop().setTaskFactory(1 as never))).toBeInstanceOf(TypeError)
  })
})

describe('the running loop and the current one', () => {
  both('are the loop of the task', function* (wait, _spell, loop) {
    expect([getRunningLoop() === loop, getEventLoop() === loop]).toEqual([true, true])
    yield* wait(sleep(1))
    expect([getRunningLoop() === loop, getEventLoop() === loop]).toEqual([true, true])
  })

  test('outside of all is the ambient loop, one for the process', () => {
    expect(getRunningLoop()).toBe(getRunningLoop())
    expect(getEventLoop()).toBe(getRunningLoop())
    expect(runningLoop()).toBe(null)
  })

  test('setEventLoop decides what getEventLoop gives, and whose futures are made', () => {
    const loop = new VirtualLoop()
    setEventLoop(loop)
    try {
      expect(getEventLoop()).toBe(loop)
      expect(new Future().getLoop()).toBe(loop)
    } finally {
      setEventLoop(null)
    }
    expect(getEventLoop()).not.toBe(loop)
    for (const value of [1, {}, 'loop']) {
      expect(thrownBy(() => setEventLoop(value as never))).toBeInstanceOf(TypeError)
    }
  })

  test('setRunningLoop refuses a second loop', () => {
    const loop = new VirtualLoop()
    setRunningLoop(loop)
    try {
      expect([getRunningLoop() === loop, runningLoop() === loop, loop.isRunning()]).toEqual([true, true, true])
      setRunningLoop(loop)
      const error = thrownBy(() => setRunningLoop(new VirtualLoop()))
      expect(error).toBeInstanceOf(RuntimeError)
      expect(error.message).toContain('another loop is running')
    } finally {
      setRunningLoop(null)
    }
    expect(loop.isRunning()).toBe(false)
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
    const loop = new VirtualLoop()
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
    const loop = new VirtualLoop()
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
    const loop = new VirtualLoop()
    expect(String(loop)).toBe('<VirtualLoop running=false closed=false debug=false>')
    expect(inspect(loop)).toBe(String(loop))
    const handle = loop.callSoon(function work() {})
    const timer = loop.callAt(3, function later() {})
    expect([handle, timer].map(String)).toEqual(['<Handle work()>', '<TimerHandle later() when=3>'])
    handle.cancel()
    timer.cancel()
    expect([inspect(handle), inspect(timer)]).toEqual(['<Handle cancelled>', '<TimerHandle cancelled when=3>'])
    loop.close()
    expect(String(loop)).toBe('<VirtualLoop running=false closed=true debug=false>')
  })
})
