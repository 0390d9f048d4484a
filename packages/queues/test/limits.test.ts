import { describe, expect, it } from 'vitest'
import { isCancelled, TimeoutError, ValueError } from '@asyncio-ts/core'
import { both } from '../../../test-support/both.ts'
import { failureOf } from '../../../test-support/errors.ts'
import { runManually, runOpen } from '../../../test-support/manual-loop.ts'
import { sleep } from '../../../test-support/sleep.ts'
import { Queue } from '../src/index.ts'

function full(): Queue<string> {
  const queue = new Queue<string>(1)
  queue.putNowait('first')
  return queue
}

describe('limits of a queue', () => {
  both('end a get when the time is up, and lose nothing', function* ({ wait, loop }) {
    const queue = new Queue<number>()
    expect(yield* failureOf(wait, queue.get({ timeout: 2 }))).toBeInstanceOf(TimeoutError)
    expect([loop.time(), queue.statistics().waitingGetters]).toEqual([2, 0])
    queue.putNowait(1)
    expect(yield* wait(queue.get({ timeout: 0 }))).toBe(1)
  })

  both('end a put when the time is up, and its item never appears', function* ({ wait, loop, turns }) {
    const queue = full()
    expect(yield* failureOf(wait, queue.put('late', { timeout: 2 }))).toBeInstanceOf(TimeoutError)
    expect(loop.time()).toBe(2)
    expect(queue.getNowait()).toBe('first')
    yield* turns(3)
    expect(queue.statistics()).toMatchObject({ size: 0, waitingPutters: 0, unfinished: 1 })
  })

  both('end a wait when the signal aborts, without cancelling the task', function* ({ wait, start, turns }) {
    const queue = new Queue<number>()
    const controller = new AbortController()
    const task = start(function* (wait) {
      const error = yield* failureOf(wait, queue.get({ signal: controller.signal }))
      queue.putNowait(1)
      return [isCancelled(error), error.cause, yield* wait(queue.get())]
    })
    yield* turns(2)
    controller.abort('gone')
    expect(yield* wait(task)).toEqual([true, 'gone', 1])
    expect(task.cancelling()).toBe(0)
  })

  both('that abort after the getter was woken do not matter', function* ({ wait, start, turns }) {
    const queue = new Queue<number>()
    const controller = new AbortController()
    const task = start((wait) => wait(queue.get({ signal: controller.signal })))
    yield* turns(2)
    queue.putNowait(1)
    controller.abort()
    expect(yield* wait(task)).toBe(1)
  })

  both('are those of the whole, however often somebody else comes first', function* ({ wait, start, turns, loop }) {
    const queue = new Queue<number>()
    const task = start((wait) => wait(queue.get({ timeout: 10 })))
    for (let second = 1; second <= 9; second++) {
      yield* wait(sleep(1))
      queue.putNowait(second)
      expect(queue.getNowait()).toBe(second)
      yield* turns(2)
      expect(task.done()).toBe(false)
    }
    expect(yield* failureOf(wait, task)).toBeInstanceOf(TimeoutError)
    expect(loop.time()).toBe(10)
  })

  both('hold a signal that aborts while somebody else comes first', function* ({ wait, start, turns }) {
    const queue = new Queue<number>()
    const controller = new AbortController()
    const task = start((wait) => wait(queue.get({ signal: controller.signal })))
    yield* turns(2)
    queue.putNowait(1)
    queue.getNowait()
    controller.abort('gone')
    expect((yield* failureOf(wait, task)).cause).toBe('gone')
    expect(queue.statistics().waitingGetters).toBe(0)
  })

  both('wake the next getter when time is up for one that was woken, and lost', function* ({ wait, start, turns }) {
    const queue = new Queue<number>()
    const impatient = start((wait) => wait(queue.get({ timeout: 1 })))
    yield* turns(2)
    const patient = start((wait) => wait(queue.get()))
    yield* turns(2)
    queue.putNowait(1)
    impatient.cancel()
    expect(yield* wait(patient)).toBe(1)
  })

  both('with an aborted signal refuse also what would not have to wait', function* ({ wait }) {
    const queue = new Queue<number>()
    queue.putNowait(1)
    const signal = AbortSignal.abort('stop')
    expect((yield* failureOf(wait, queue.get({ signal }))).cause).toBe('stop')
    expect((yield* failureOf(wait, queue.put(2, { signal }))).cause).toBe('stop')
    expect(queue.statistics()).toMatchObject({ size: 1, unfinished: 1 })
  })

  it.each([
    [{ timeout: NaN }, ValueError],
    [{ timeout: '1' }, TypeError],
    [{ signal: 'x' }, TypeError],
    [1, TypeError],
  ])('are checked at the call: %j', (limits, type) => {
    expect(() => new Queue().get(limits as never)).toThrow(type)
    expect(() => new Queue().put(1, limits as never)).toThrow(type)
  })
})

describe('a queue', () => {
  it('belongs to the first loop on which a task had to wait for it, for getters and putters alike', async () => {
    const queue = new Queue<string>(1)
    // Where nobody has to wait, any loop will do.
    await runManually(() => queue.put('first'))
    expect(await runManually(() => queue.get())).toBe('first')
    // A loop that stays open: queues are let go of by a closed one.
    await expect(runOpen(() => queue.get({ timeout: 1 }))).rejects.toThrow(TimeoutError)
    const expected = '<Queue maxsize=1 tasks=1> is bound to a different event loop: make one for each loop.'
    await expect(runManually(() => queue.get())).rejects.toThrow(expected)
    queue.putNowait('second')
    await expect(runManually(() => queue.put('third'))).rejects.toThrow('bound to a different event loop')
    await expect(runManually(() => queue.join())).rejects.toThrow('bound to a different event loop')
    expect(queue.qsize()).toBe(1)
  })
})
