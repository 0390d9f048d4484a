import { describe, expect, test } from 'vitest'
import { ManualLoop, settle } from '../../../../test-support/manual-loop.ts'
import { sleep } from '../../../../test-support/sleep.ts'

describe('chaining on a Future by hand', () => {
  test('never calls back inside then, whatever the state', async () => {
    const loop = new ManualLoop()
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
    const loop = new ManualLoop()
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
    const loop = new ManualLoop()
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
    const loop = new ManualLoop()
    const [first, second] = [loop.createFuture<number>(), loop.createFuture<string>()]
    const byPromise = first.then(() => Promise.resolve('promise'))
    const byFuture = first.then(() => second)
    first.setResult(1)
    second.setResult('future')
    loop.turn()
    expect(await Promise.all([byPromise, byFuture])).toEqual(['promise', 'future'])
  })

  test('lets an error pass through then without a second handler, to the catch behind it', async () => {
    const loop = new ManualLoop()
    const future = loop.createFuture<number>()
    const caught = future.then((value) => value).catch((error: Error) => error.message)
    future.setException(new Error('through'))
    loop.turn()
    expect(await caught).toBe('through')
  })

  test('lets a value pass through catch', async () => {
    const loop = new ManualLoop()
    const future = loop.createFuture<number>()
    const passed = future.catch(() => -1)
    future.setResult(9)
    loop.turn()
    expect(await passed).toBe(9)
  })

  test('runs finally for a result and for an error, and keeps both', async () => {
    const loop = new ManualLoop()
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
    const loop = new ManualLoop()
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
    const loop = new ManualLoop()
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
    const loop = new ManualLoop()
    const future = loop.createFuture<number>()
    const reaction = future.then((value) => value * 2)
    future.setResult(4)
    loop.turn()
    await settle()
    expect(await reaction).toBe(8)
    expect(await reaction.then((value) => value + 1)).toBe(9)
  })

  test('does not count as a wait of the task that chains: cancelling it leaves the future', async () => {
    const loop = new ManualLoop()
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
