import { describe, expect } from 'vitest'
import { isCancelled, Task } from '../../src/index.ts'
import { both, virtually } from '../../../../test-support/both.ts'
import { sleep } from '../../../../test-support/sleep.ts'

describe('awaiting a Future', () => {
  both('gives the result', function* ({ wait, loop }) {
    const future = loop.createFuture<string>()
    loop.callLater(1, () => future.setResult('value'))
    expect(yield* wait(future)).toBe('value')
    expect(loop.time()).toBe(1)
    expect(yield* wait(future)).toBe('value')
  })

  both('throws the error', function* ({ wait, loop }) {
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

  both('throws CancelledError with the message of the cancel', function* ({ wait, loop }) {
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

  both('does not give up a turn when it is done', function* ({ wait, loop }) {
    const future = loop.createFuture<number>()
    future.setResult(1)
    const seen: string[] = []
    loop.callSoon(() => seen.push('other'))
    yield* wait(future)
    seen.push('after done future')
    yield* wait(sleep(0))
    expect(seen).toEqual(['after done future', 'other'])
  })

  both('does not give up a turn when it has failed', function* ({ wait, loop }) {
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

  both('wakes whoever waits in the order they began to wait', function* ({ wait, spell, loop }) {
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

  both('wakes one turn later: after what was queued before, ahead of the next turn', function* ({ wait, spell, loop }) {
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
