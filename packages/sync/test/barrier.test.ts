import { describe, expect, it } from 'vitest'
import { RuntimeError, ValueError } from '@asyncio-ts/core'
import { both } from '../../../test-support/both.ts'
import type { Stage } from '../../../test-support/both.ts'
import { failureOf } from '../../../test-support/errors.ts'
import { Barrier, BrokenBarrierError } from '../src/index.ts'

function come({ start }: Stage, barrier: Barrier, log: string[] = []) {
  return start(function* (wait) {
    const place = yield* wait(barrier.wait())
    log.push(String(place))
    return place
  })
}

describe('Barrier', () => {
  both('lets everybody go when all have come, each with a place of its own', function* (stage) {
    const barrier = new Barrier(3)
    const tasks = [come(stage, barrier), come(stage, barrier)]
    yield* stage.turns(3)
    expect(barrier.nWaiting).toBe(2)
    expect(yield* stage.wait(barrier.wait())).toBe(2)
    expect([yield* stage.wait(tasks[0]!), yield* stage.wait(tasks[1]!)]).toEqual([0, 1])
    expect(barrier.nWaiting).toBe(0)
  })

  both('can be used again and again', function* (stage) {
    const barrier = new Barrier(2)
    for (let round = 0; round < 3; round++) {
      const other = come(stage, barrier)
      yield* stage.turns(2)
      yield* stage.wait(barrier.wait())
      yield* stage.wait(other)
    }
    expect(barrier.nWaiting).toBe(0)
  })

  both('makes those who come while it empties wait for the next round', function* (stage) {
    const barrier = new Barrier(2)
    const log: string[] = []
    for (let i = 0; i < 5; i++) come(stage, barrier, log)
    yield* stage.turns(20)
    expect(log.sort()).toEqual(['0', '0', '1', '1'])
    expect(barrier.nWaiting).toBe(1)
    come(stage, barrier, log)
    yield* stage.turns(10)
    expect(log).toHaveLength(6)
  })

  both('is not broken by a waiter that is cancelled', function* (stage) {
    const barrier = new Barrier(2)
    const cancelled = come(stage, barrier)
    yield* stage.turns(2)
    cancelled.cancel()
    yield* stage.turns(3)
    expect([barrier.broken, barrier.nWaiting]).toEqual([false, 0])
    const other = come(stage, barrier)
    yield* stage.turns(2)
    expect(yield* stage.wait(barrier.wait())).toBe(1)
    expect(yield* stage.wait(other)).toBe(0)
  })

  both('gives those who wait a BrokenBarrierError when it is reset, and starts anew', function* (stage) {
    const barrier = new Barrier(3)
    const tasks = [come(stage, barrier), come(stage, barrier)]
    yield* stage.turns(3)
    yield* stage.wait(barrier.reset())
    for (const task of tasks) expect(yield* failureOf(stage.wait, task)).toBeInstanceOf(BrokenBarrierError)
    expect(barrier.broken).toBe(false)
    const again = [come(stage, barrier), come(stage, barrier), come(stage, barrier)]
    for (const task of again) yield* stage.wait(task)
  })

  both('makes those who come while it is reset wait until it is empty', function* (stage) {
    const barrier = new Barrier(2)
    const reset = come(stage, barrier)
    yield* stage.turns(2)
    const resetting = stage.start((wait) => wait(barrier.reset()))
    const late = [come(stage, barrier), come(stage, barrier)]
    expect(yield* failureOf(stage.wait, reset)).toBeInstanceOf(BrokenBarrierError)
    yield* stage.wait(resetting)
    const places = [yield* stage.wait(late[0]!), yield* stage.wait(late[1]!)]
    expect(places.sort()).toEqual([0, 1])
  })

  both('stays broken after an abort, until it is reset', function* (stage) {
    const barrier = new Barrier(2)
    const task = come(stage, barrier)
    yield* stage.turns(2)
    yield* stage.wait(barrier.abort())
    expect(barrier.broken).toBe(true)
    expect(yield* failureOf(stage.wait, task)).toBeInstanceOf(BrokenBarrierError)
    expect((yield* failureOf(stage.wait, barrier.wait())).message).toContain('Barrier aborted')
    expect(barrier.nWaiting).toBe(0)
    yield* stage.wait(barrier.reset())
    expect(barrier.broken).toBe(false)
    const again = [come(stage, barrier), come(stage, barrier)]
    for (const each of again) yield* stage.wait(each)
  })

  both('of one lets everybody through', function* ({ wait }) {
    const barrier = new Barrier(1)
    expect([yield* wait(barrier.wait()), yield* wait(barrier.wait())]).toEqual([0, 0])
  })

  it('tells how many have to come', () => {
    expect(new Barrier(4).parties).toBe(4)
  })

  it.each([0, -1, 1.5, NaN, Infinity])('refuses %s parties', (parties) => {
    expect(() => new Barrier(parties)).toThrow(ValueError)
    expect(() => new Barrier(parties)).toThrow(/parties must be a whole number >= 1/)
  })

  it.each([undefined, '2'])('refuses %s as a number of parties', (parties) => {
    expect(() => new Barrier(parties as never)).toThrow(TypeError)
  })

  it('breaks with a RuntimeError that has a name and a code of its own', () => {
    const error = new BrokenBarrierError('broken')
    expect(error).toBeInstanceOf(RuntimeError)
    expect([error.name, error.code]).toEqual(['BrokenBarrierError', 'ERR_ASYNCIO_BROKEN_BARRIER'])
  })

  both('appears as in CPython', function* (stage) {
    const barrier = new Barrier(2)
    expect(String(barrier)).toBe('<Barrier [filling, waiters:0/2]>')
    const task = come(stage, barrier)
    yield* stage.turns(2)
    expect(String(barrier)).toBe('<Barrier [filling, waiters:1/2]>')
    yield* stage.wait(barrier.abort())
    expect(String(barrier)).toBe('<Barrier [broken]>')
    yield* failureOf(stage.wait, task)
  })
})
