import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { CancelledError, Future, getRunningLoop, InvalidStateError, isFuture, RuntimeError } from '../../src/index.ts'
import { virtually } from '../../../../test-support/both.ts'
import { thrownBy } from '../../../../test-support/errors.ts'
import { ManualLoop } from '../../../../test-support/manual-loop.ts'
import { sleep } from '../../../../test-support/sleep.ts'

describe('Future state', () => {
  test('starts pending', () => {
    const future = new Future({ loop: new ManualLoop() })
    expect([future.done(), future.cancelled()]).toEqual([false, false])
    expect(thrownBy(() => future.result())).toBeInstanceOf(InvalidStateError)
    expect(thrownBy(() => future.exception())).toBeInstanceOf(InvalidStateError)
  })

  test('finishes with a result, once', () => {
    const future = new Future<number>({ loop: new ManualLoop() })
    future.setResult(42)
    expect([future.done(), future.cancelled(), future.result(), future.exception()]).toEqual([true, false, 42, null])
    expect(thrownBy(() => future.setResult(1))).toBeInstanceOf(InvalidStateError)
    expect(thrownBy(() => future.setException(new Error('late')))).toBeInstanceOf(InvalidStateError)
    expect(future.cancel()).toBe(false)
    expect(future.result()).toBe(42)
  })

  test('finishes with an error, which result throws and exception returns', () => {
    const future = new Future({ loop: new ManualLoop() })
    const error = new RangeError('boom')
    future.setException(error)
    expect([future.done(), future.cancelled()]).toEqual([true, false])
    expect(future.exception()).toBe(error)
    expect(thrownBy(() => future.result())).toBe(error)
    expect(thrownBy(() => future.result())).toBe(error)
    expect(thrownBy(() => future.setException(new Error('again')))).toBeInstanceOf(InvalidStateError)
  })

  test('makes an error of a class given to setException', () => {
    const future = new Future({ loop: new ManualLoop() })
    future.setException(RangeError)
    expect(future.exception()).toBeInstanceOf(RangeError)
  })

  test('takes errors of other realms', async () => {
    const { runInNewContext } = await import('node:vm')
    const foreign = runInNewContext('new Error("elsewhere")') as Error
    const future = new Future({ loop: new ManualLoop() })
    future.setException(foreign)
    expect(future.exception()).toBe(foreign)
  })

  test.each([[undefined], ['boom'], [42], [null], [{ message: 'like an error' }]])(
    'refuses %j as an error and stays pending',
    (value) => {
      const future = new Future({ loop: new ManualLoop() })
      expect(thrownBy(() => future.setException(value as never))).toBeInstanceOf(TypeError)
      expect(future.done()).toBe(false)
    },
  )

  test('refuses a class that makes no errors', () => {
    const future = new Future({ loop: new ManualLoop() })
    const error = thrownBy(() => future.setException(Map as never))
    expect(error).toBeInstanceOf(TypeError)
    expect(error.message).toContain('Error')
    expect(future.done()).toBe(false)
  })

  test('is cancelled with a message, and result and exception throw CancelledError', () => {
    const future = new Future({ loop: new ManualLoop() })
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
    const future = new Future({ loop: new ManualLoop() })
    const reason = { who: 'user' }
    future.cancel('stop', { reason })
    const error = thrownBy(() => future.result())
    expect([error.message, error.cause]).toEqual(['stop', reason])
  })

  test('throws the reason to whoever asks again, too', () => {
    const future = new Future({ loop: new ManualLoop() })
    const reason = new Error('why')
    future.cancel('stop', { reason })
    expect([thrownBy(() => future.result()).cause, thrownBy(() => future.result()).cause]).toEqual([reason, reason])
  })

  test('can hold a promise-like result without waiting for it', () => {
    const future = new Future<unknown>({ loop: new ManualLoop() })
    const promise = Promise.resolve(1)
    future.setResult(promise)
    expect(future.result()).toBe(promise)
  })

  test('belongs to the loop it was made for', () => {
    const loop = new ManualLoop()
    expect(new Future({ loop }).getLoop()).toBe(loop)
    expect(loop.createFuture().getLoop()).toBe(loop)
  })

  virtually('belongs to the running loop when none is given', async (loop) => {
    expect(new Future().getLoop()).toBe(loop)
    await sleep(0)
    expect(new Future().getLoop()).toBe(loop)
  })

  test('FUTURE-1: leaves pending once and queues every waiter in the same call', () => {
    const loop = new ManualLoop()
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
    const future = new ManualLoop().createFuture<number>()
    for (const read of [() => [...future], () => Array.from(future), () => new Set(future)]) {
      const error = thrownBy(read)
      expect(error).toBeInstanceOf(RuntimeError)
      expect(error.message).toContain('yield*')
    }
  })

  test('is told apart by isFuture', () => {
    const loop = new ManualLoop()
    expect(isFuture(loop.createFuture())).toBe(true)
    expect([{}, null, undefined, Promise.resolve(), () => 1, Future].map((value) => isFuture(value))).toEqual(
      new Array(6).fill(false),
    )
  })
})

describe('Future as text', () => {
  test('shows its state as CPython does', () => {
    const loop = new ManualLoop()
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
    const loop = new ManualLoop()
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
    const future = new ManualLoop().createFuture<unknown>()
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
    const future = new ManualLoop().createFuture<unknown>()
    future.setResult([future])
    expect(String(future)).toContain('<Future finished result=')
  })

  test('survives a result without a prototype', () => {
    const future = new ManualLoop().createFuture<unknown>()
    future.setResult(Object.create(null))
    expect(String(future)).toContain('<Future finished result=')
  })

  test('survives symbols, bigints and holes', () => {
    for (const value of [Symbol('s'), 10n, [, 1], new Map(), new Date(Number.NaN), () => 1, -0, '\n']) {
      const future = new ManualLoop().createFuture<unknown>()
      future.setResult(value)
      expect(String(future)).toContain('<Future finished result=')
    }
  })
})
