import { describe, expect, test } from 'vitest'
import { inspect } from 'node:util'
import {
  CancelledError,
  Context,
  ContextVar,
  Future,
  getRunningLoop,
  InvalidStateError,
  isCancelled,
  isFuture,
  RuntimeError,
  Task,
} from '../src/index.ts'
import { both, collectErrors, settle, sleep, thrownBy, virtually, VirtualLoop } from './virtual.ts'

describe('Future state', () => {
  test('starts pending', () => {
    const future = new Future({ loop: new VirtualLoop() })
    expect([future.done(), future.cancelled()]).toEqual([false, false])
    expect(thrownBy(() => future.result())).toBeInstanceOf(InvalidStateError)
    expect(thrownBy(() => future.exception())).toBeInstanceOf(InvalidStateError)
  })

  test('finishes with a result, once', () => {
    const future = new Future<number>({ loop: new VirtualLoop() })
    future.setResult(42)
    expect([future.done(), future.cancelled(), future.result(), future.exception()]).toEqual([true, false, 42, null])
    expect(thrownBy(() => future.setResult(1))).toBeInstanceOf(InvalidStateError)
    expect(thrownBy(() => future.setException(new Error('late')))).toBeInstanceOf(InvalidStateError)
    expect(future.cancel()).toBe(false)
    expect(future.result()).toBe(42)
  })

  test('finishes with an error, which result throws and exception returns', () => {
    const future = new Future({ loop: new VirtualLoop() })
    const error = new RangeError('boom')
    future.setException(error)
    expect([future.done(), future.cancelled()]).toEqual([true, false])
    expect(future.exception()).toBe(error)
    expect(thrownBy(() => future.result())).toBe(error)
    expect(thrownBy(() => future.result())).toBe(error)
    expect(thrownBy(() => future.setException(new Error('again')))).toBeInstanceOf(InvalidStateError)
  })

  test('makes an error of a class given to setException', () => {
    const future = new Future({ loop: new VirtualLoop() })
    future.setException(RangeError)
    expect(future.exception()).toBeInstanceOf(RangeError)
  })

  test('takes errors of other realms', async () => {
    const { runInNewContext } = await import('node:vm')
    const foreign = runInNewContext('new Error("elsewhere")') as Error
    const future = new Future({ loop: new VirtualLoop() })
    future.setException(foreign)
    expect(future.exception()).toBe(foreign)
  })

  test.each([[undefined], ['boom'], [42], [null], [{ message: 'like an error' }]])(
    'refuses %j as an error and stays pending',
    (value) => {
      const future = new Future({ loop: new VirtualLoop() })
      expect(thrownBy(() => future.setException(value as never))).toBeInstanceOf(TypeError)
      expect(future.done()).toBe(false)
    },
  )

  test('refuses a class that makes no errors', () => {
    const future = new Future({ loop: new VirtualLoop() })
    const error = thrownBy(() => future.setException(Map as never))
    expect(error).toBeInstanceOf(TypeError)
    expect(error.message).toContain('Error')
    expect(future.done()).toBe(false)
  })

  test('is cancelled with a message, and result and exception throw CancelledError', () => {
    const future = new Future({ loop: new VirtualLoop() })
    expect(future.cancel('enough')).toBe(true)
    expect([future.done(), future.cancelled()]).toEqual([true, true])
    const error = thrownBy(() => future.result())
    expect(error).toBeInstanceOf(CancelledError)
    expect(error.message).toBe('enough')
    expect(thrownBy(() => future.exception()).message).toBe('enough')
    expect(future.cancel()).toBe(false)
    expect(thrownBy(() => future.setResult(1))).toBeInstanceOf(InvalidStateError)
  })

  test('keeps the reason of a cancel as the cause', () => {
    const future = new Future({ loop: new VirtualLoop() })
    const reason = { who: 'user' }
    future.cancel('stop', { reason })
    const error = thrownBy(() => future.result())
    expect([error.message, error.cause]).toEqual(['stop', reason])
  })

  test('throws the reason to whoever asks again, too', () => {
    const future = new Future({ loop: new VirtualLoop() })
    const reason = new Error('why')
    future.cancel('stop', { reason })
    expect([thrownBy(() => future.result()).cause, thrownBy(() => future.result()).cause]).toEqual([reason, reason])
  })

  test('can hold a promise-like result without waiting for it', () => {
    const future = new Future<unknown>({ loop: new VirtualLoop() })
    const promise = Promise.resolve(1)
    future.setResult(promise)
    expect(future.result()).toBe(promise)
  })

  test('belongs to the loop it was made for', () => {
    const loop = new VirtualLoop()
    expect(new Future({ loop }).getLoop()).toBe(loop)
    expect(loop.createFuture().getLoop()).toBe(loop)
  })

  virtually('belongs to the running loop when none is given', async (loop) => {
    expect(new Future().getLoop()).toBe(loop)
    await sleep(0)
    expect(new Future().getLoop()).toBe(loop)
  })

  test('F1: leaves pending once and queues every waiter in the same call', () => {
    const loop = new VirtualLoop()
    const future = loop.createFuture<number>()
    const seen: number[] = []
    for (const n of [1, 2, 3]) future.addDoneCallback(() => seen.push(n))
    expect(loop.nextTimeout()).toBe(null)
    future.setResult(1)
    expect(future._waiters).toBe(null)
    expect(loop.nextTimeout()).toBe(0)
    loop.turn()
    expect(seen).toEqual([1, 2, 3])
    expect(loop.nextTimeout()).toBe(null)
  })

  test('is no list: reading a pending one as if it were ends in an error, not in a loop without end', () => {
    const future = new VirtualLoop().createFuture<number>()
    for (const read of [() => [...future], () => Array.from(future), () => new Set(future)]) {
      const error = thrownBy(read)
      expect(error).toBeInstanceOf(RuntimeError)
      expect(error.message).toContain('yield*')
    }
  })

  test('is told apart by isFuture', () => {
    const loop = new VirtualLoop()
    expect(isFuture(loop.createFuture())).toBe(true)
    expect([{}, null, undefined, Promise.resolve(), () => 1, Future].map((value) => isFuture(value))).toEqual(
      new Array(6).fill(false),
    )
  })
})

describe('Future done-callbacks', () => {
  test('run in the turn after, in the order they were added, with the future', () => {
    const loop = new VirtualLoop()
    const future = loop.createFuture<string>()
    const seen: unknown[] = []
    future.addDoneCallback((f) => seen.push(['first', f === future]))
    future.addDoneCallback((f) => seen.push(['second', f.result()]))
    future.setResult('x')
    expect(seen).toEqual([])
    loop.turn()
    expect(seen).toEqual([
      ['first', true],
      ['second', 'x'],
    ])
  })

  test('are queued when the future is done already, never called inside addDoneCallback', () => {
    const loop = new VirtualLoop()
    const future = loop.createFuture<number>()
    future.setResult(1)
    const seen: string[] = []
    future.addDoneCallback(() => seen.push('called'))
    expect(seen).toEqual([])
    loop.turn()
    expect(seen).toEqual(['called'])
  })

  test('run for a cancelled future', () => {
    const loop = new VirtualLoop()
    const future = loop.createFuture()
    const seen: boolean[] = []
    future.addDoneCallback((f) => seen.push(f.cancelled()))
    future.cancel()
    loop.turn()
    expect(seen).toEqual([true])
  })

  test('are removed by function, all registrations of it at once', () => {
    const loop = new VirtualLoop()
    const future = loop.createFuture<number>()
    const seen: string[] = []
    const twice = () => seen.push('twice')
    expect(future.removeDoneCallback(twice)).toBe(0)
    future.addDoneCallback(twice)
    future.addDoneCallback(() => seen.push('other'))
    future.addDoneCallback(twice)
    expect(future.removeDoneCallback(twice)).toBe(2)
    expect(future.removeDoneCallback(twice)).toBe(0)
    future.setResult(1)
    loop.turn()
    expect(seen).toEqual(['other'])
  })

  test('can be removed to the last one and added again', () => {
    const loop = new VirtualLoop()
    const future = loop.createFuture<number>()
    const seen: string[] = []
    const callback = () => seen.push('called')
    future.addDoneCallback(callback)
    expect(future.removeDoneCallback(callback)).toBe(1)
    future.addDoneCallback(callback)
    future.setResult(1)
    loop.turn()
    expect(seen).toEqual(['called'])
  })

  virtually('leave a waiting task alone when they are removed', function* (loop) {
    const future = loop.createFuture<number>()
    const callback = () => undefined
    const task = new Task(function* () {
      return yield* future
    })
    yield* sleep(0)
    future.addDoneCallback(callback)
    expect(future.removeDoneCallback(callback)).toBe(1)
    future.setResult(7)
    expect(yield* task).toBe(7)
  })

  test('see the context of their registration, not of the completion', () => {
    const loop = new VirtualLoop()
    const future = loop.createFuture<number>()
    const variable = new ContextVar('variable', { default: 'none' })
    const seen: string[] = []
    new Context().run(() => {
      variable.set('registered')
      future.addDoneCallback(() => seen.push(variable.get()))
      variable.set('changed later')
    })
    const given = new Context()
    given.run(() => variable.set('given'))
    future.addDoneCallback(() => seen.push(variable.get()), { context: given })
    new Context().run(() => {
      variable.set('completed')
      future.setResult(1)
    })
    loop.turn()
    expect(seen).toEqual(['registered', 'given'])
  })

  test('that throw are reported, and do not keep the others from running', () => {
    const loop = new VirtualLoop()
    const errors = collectErrors(loop)
    const future = loop.createFuture<number>()
    const seen: string[] = []
    future.addDoneCallback(function failing() {
      throw new Error('callback')
    })
    future.addDoneCallback(() => seen.push('second'))
    future.setResult(1)
    loop.turn()
    expect(seen).toEqual(['second'])
    expect(errors).toHaveLength(1)
    expect(errors[0]!.message).toBe('Exception in callback failing()')
    expect((errors[0]!.exception as Error).message).toBe('callback')
  })

  test('must be functions', () => {
    const future = new VirtualLoop().createFuture()
    expect(thrownBy(() => future.addDoneCallback(undefined as never))).toBeInstanceOf(TypeError)
    expect(thrownBy(() => future.addDoneCallback('no' as never)).message).toContain('function')
  })

  test('added while the others run are called in the next turn', () => {
    const loop = new VirtualLoop()
    const future = loop.createFuture<number>()
    const seen: string[] = []
    future.addDoneCallback((f) => {
      seen.push('outer')
      f.addDoneCallback(() => seen.push('inner'))
    })
    future.setResult(1)
    loop.turn()
    expect(seen).toEqual(['outer'])
    loop.turn()
    expect(seen).toEqual(['outer', 'inner'])
  })
})

describe('awaiting a Future', () => {
  both('gives the result', function* (wait, _spell, loop) {
    const future = loop.createFuture<string>()
    loop.callLater(1, () => future.setResult('value'))
    expect(yield* wait(future)).toBe('value')
    expect(loop.time()).toBe(1)
    expect(yield* wait(future)).toBe('value')
  })

  both('throws the error', function* (wait, _spell, loop) {
    const future = loop.createFuture<string>()
    const error = new RangeError('boom')
    loop.callSoon(() => future.setException(error))
    for (const attempt of ['pending', 'done']) {
      let caught: unknown
      try {
        yield* wait(future)
      } catch (thrown) {
        caught = thrown
      }
      expect([attempt, caught]).toEqual([attempt, error])
    }
  })

  both('throws CancelledError with the message of the cancel', function* (wait, _spell, loop) {
    const future = loop.createFuture<string>()
    loop.callSoon(() => future.cancel('over'))
    let caught: unknown
    try {
      yield* wait(future)
    } catch (thrown) {
      caught = thrown
    }
    expect(isCancelled(caught)).toBe(true)
    expect((caught as Error).message).toBe('over')
  })

  both('does not give up a turn when it is done', function* (wait, _spell, loop) {
    const future = loop.createFuture<number>()
    future.setResult(1)
    const seen: string[] = []
    loop.callSoon(() => seen.push('other'))
    yield* wait(future)
    seen.push('after done future')
    yield* wait(sleep(0))
    expect(seen).toEqual(['after done future', 'other'])
  })

  both('does not give up a turn when it has failed', function* (wait, _spell, loop) {
    const future = loop.createFuture<number>()
    future.setException(new Error('failed'))
    const seen: string[] = []
    loop.callSoon(() => seen.push('other'))
    try {
      yield* wait(future)
    } catch (error) {
      seen.push((error as Error).message)
    }
    yield* wait(sleep(0))
    expect(seen).toEqual(['failed', 'other'])
  })

  both('wakes whoever waits in the order they began to wait', function* (wait, spell, loop) {
    const future = loop.createFuture<number>()
    const seen: number[] = []
    const waiter = spell(function* (wait, n: number) {
      yield* wait(future)
      seen.push(n)
    })
    const tasks = [1, 2, 3, 4].map((n) => new Task(() => waiter(n)))
    yield* wait(sleep(0))
    future.setResult(1)
    for (const task of tasks) yield* wait(task)
    expect(seen).toEqual([1, 2, 3, 4])
  })

  both('wakes one turn later: after what was queued before, ahead of the next turn', function* (wait, spell, loop) {
    const future = loop.createFuture<number>()
    const seen: string[] = []
    const task = new Task(
      spell(function* (wait) {
        yield* wait(future)
        seen.push('woken')
      }),
    )
    yield* wait(sleep(0))
    loop.callSoon(() => seen.push('queued before'))
    future.setResult(1)
    loop.callSoon(() => loop.callSoon(() => seen.push('next turn')))
    yield* wait(task)
    yield* wait(sleep(0))
    expect(seen).toEqual(['queued before', 'woken', 'next turn'])
  })

  virtually('wakes a generator in its place of the ready queue', function* (loop) {
    const future = loop.createFuture<number>()
    const seen: string[] = []
    const task = new Task(function* () {
      yield* future
      seen.push('woken')
    })
    yield* sleep(0)
    loop.callSoon(() => seen.push('queued before'))
    future.setResult(1)
    loop.callSoon(() => seen.push('queued after'))
    yield* task
    expect(seen).toEqual(['queued before', 'woken', 'queued after'])
  })

  virtually('does not unwrap a promise held as the result', function* (loop) {
    const future = loop.createFuture<Promise<number>>()
    const promise = Promise.resolve(3)
    future.setResult(promise)
    expect(yield* future).toBe(promise)
  })

  virtually('by a fresh microtask chain resumes in one trip, like a native await', async (loop) => {
    const future = loop.createFuture<string>()
    future.setResult('ours')
    const seen: string[] = []
    const ours = (async () => seen.push(await future))()
    const native = (async () => seen.push(await Promise.resolve('native')))()
    await Promise.all([ours, native])
    expect(seen.sort()).toEqual(['native', 'ours'])
  })
})

describe('chaining on a Future by hand', () => {
  test('never calls back inside then, whatever the state', async () => {
    const loop = new VirtualLoop()
    const done = loop.createFuture<number>()
    done.setResult(1)
    const failed = loop.createFuture<number>()
    failed.setException(new Error('no'))
    const cancelled = loop.createFuture<number>()
    cancelled.cancel()
    const seen: string[] = []
    void done.then(() => seen.push('done'))
    void failed.then(undefined, () => seen.push('failed'))
    void cancelled.catch(() => seen.push('cancelled'))
    expect(seen).toEqual([])
    await settle()
    expect(seen).toEqual(['done', 'failed', 'cancelled'])
  })

  test('calls back in the turn after completion', async () => {
    const loop = new VirtualLoop()
    const future = loop.createFuture<number>()
    const seen: unknown[] = []
    void future.then((value) => seen.push(value))
    future.setResult(5)
    await settle()
    expect(seen).toEqual([])
    loop.turn()
    expect(seen).toEqual([5])
  })

  test('passes values and errors along a chain', async () => {
    const loop = new VirtualLoop()
    const future = loop.createFuture<number>()
    const chained = future
      .then((value) => value + 1)
      .then((value) => {
        throw new RangeError(String(value))
      })
      .catch((error: Error) => error.message)
    future.setResult(1)
    loop.turn()
    expect(await chained).toBe('2')
  })

  test('adopts what a handler returns, promises and futures alike', async () => {
    const loop = new VirtualLoop()
    const [first, second] = [loop.createFuture<number>(), loop.createFuture<string>()]
    const byPromise = first.then(() => Promise.resolve('promise'))
    const byFuture = first.then(() => second)
    first.setResult(1)
    second.setResult('future')
    loop.turn()
    expect(await Promise.all([byPromise, byFuture])).toEqual(['promise', 'future'])
  })

  test('lets an error pass through then without a second handler, to the catch behind it', async () => {
    const loop = new VirtualLoop()
    const future = loop.createFuture<number>()
    const caught = future.then((value) => value).catch((error: Error) => error.message)
    future.setException(new Error('through'))
    loop.turn()
    expect(await caught).toBe('through')
  })

  test('lets a value pass through catch', async () => {
    const loop = new VirtualLoop()
    const future = loop.createFuture<number>()
    const passed = future.catch(() => -1)
    future.setResult(9)
    loop.turn()
    expect(await passed).toBe(9)
  })

  test('runs finally for a result and for an error, and keeps both', async () => {
    const loop = new VirtualLoop()
    const [good, bad] = [loop.createFuture<number>(), loop.createFuture<number>()]
    const seen: string[] = []
    const first = good.finally(() => seen.push('good'))
    const second = bad.finally(() => seen.push('bad')).catch((error: Error) => error.message)
    good.setResult(1)
    bad.setException(new Error('kept'))
    loop.turn()
    expect([await first, await second]).toEqual([1, 'kept'])
    expect(seen.sort()).toEqual(['bad', 'good'])
  })

  test('runs finally on a future that is done already', async () => {
    const loop = new VirtualLoop()
    const future = loop.createFuture<number>()
    future.setResult(1)
    const seen: string[] = []
    expect(await future.finally(() => seen.push('ran'))).toBe(1)
    const failed = loop.createFuture<number>()
    failed.setException(new Error('kept'))
    expect(await failed.finally(() => seen.push('ran')).catch((error: Error) => error.message)).toBe('kept')
    expect(seen).toEqual(['ran', 'ran'])
  })

  test('works with the combinators of Promise', async () => {
    const loop = new VirtualLoop()
    const [a, b, c] = [loop.createFuture<number>(), loop.createFuture<number>(), loop.createFuture<number>()]
    const all = Promise.all([a, b])
    const settled = Promise.allSettled([a, c])
    const race = Promise.race([b, c])
    const any = Promise.any([c, b])
    a.setResult(1)
    b.setResult(2)
    c.setException(new Error('c'))
    loop.turn()
    expect(await all).toEqual([1, 2])
    expect((await settled).map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected'])
    expect(await race).toBe(2)
    expect(await any).toBe(2)
  })

  test('can be chained on later, after the handlers have run', async () => {
    const loop = new VirtualLoop()
    const future = loop.createFuture<number>()
    const reaction = future.then((value) => value * 2)
    future.setResult(4)
    loop.turn()
    await settle()
    expect(await reaction).toBe(8)
    expect(await reaction.then((value) => value + 1)).toBe(9)
  })

  test('does not count as a wait of the task that chains: cancelling it leaves the future', async () => {
    const loop = new VirtualLoop()
    const future = loop.createFuture<number>()
    const task = loop.createTask(async () => {
      void future.then(() => undefined)
      await sleep(0)
      await loop.createFuture()
    })
    for (let i = 0; i < 3; i++) {
      loop.turn()
      await settle()
    }
    task.cancel()
    loop.turn()
    await settle()
    expect([task.cancelled(), future.done()]).toEqual([true, false])
  })
})

describe('Future as text', () => {
  test('shows its state as CPython does', () => {
    const loop = new VirtualLoop()
    const [pending, finished, failed, cancelled] = [1, 2, 3, 4].map(() => loop.createFuture<unknown>())
    finished!.setResult('it')
    failed!.setException(new RangeError('boom'))
    cancelled!.cancel()
    expect([pending, finished, failed, cancelled].map(String)).toEqual([
      '<Future pending>',
      "<Future finished result='it'>",
      "<Future finished exception=RangeError('boom')>",
      '<Future cancelled>',
    ])
    failed!.exception()
  })

  test('names its callbacks, and tasks that wait', () => {
    const loop = new VirtualLoop()
    const future = loop.createFuture<unknown>()
    future.addDoneCallback(function notify() {})
    expect(String(future)).toBe('<Future pending cb=[notify()]>')
    loop.createTask(function* () {
      yield* future
    })
    loop.turn()
    expect(String(future)).toBe('<Future pending cb=[notify(), Task.wakeup()]>')
  })

  test('does not show a list that has become empty', () => {
    const future = new VirtualLoop().createFuture<unknown>()
    const callback = () => undefined
    future.addDoneCallback(callback)
    future.removeDoneCallback(callback)
    expect(String(future)).toBe('<Future pending>')
  })

  test('is the same when inspected', () => {
    const future = getRunningLoop().createFuture<number>()
    future.setResult(1)
    expect(inspect(future)).toBe('<Future finished result=1>')
    expect(inspect([future])).toBe('[ <Future finished result=1> ]')
    expect(Object.prototype.toString.call(future)).toBe('[object Future]')
  })

  test('survives results that contain the future itself', () => {
    const future = new VirtualLoop().createFuture<unknown>()
    future.setResult([future])
    expect(String(future)).toContain('<Future finished result=')
  })

  test('survives a result without a prototype', () => {
    const future = new VirtualLoop().createFuture<unknown>()
    future.setResult(Object.create(null))
    expect(String(future)).toContain('<Future finished result=')
  })

  test('survives symbols, bigints and holes', () => {
    for (const value of [Symbol('s'), 10n, [, 1], new Map(), new Date(Number.NaN), () => 1, -0, '\n']) {
      const future = new VirtualLoop().createFuture<unknown>()
      future.setResult(value)
      expect(String(future)).toContain('<Future finished result=')
    }
  })
})
