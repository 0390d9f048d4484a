import { describe, expect, test } from 'vitest'
import { getRunningLoop, RuntimeError, ValueError } from '../../src/index.ts'
import { thrownBy } from '../../../../test-support/errors.ts'
import { ManualLoop } from '../../../../test-support/manual-loop.ts'

describe('callLater and callAt', () => {
  test('run at their time, and report it', () => {
    const loop = new ManualLoop()
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
    const loop = new ManualLoop()
    const seen: unknown[] = []
    for (let i = 0; i < 10; i++) loop.callAt(1, () => seen.push(i))
    loop.clock.time = 1
    loop.callSoon(() => seen.push('ready'))
    loop.turn()
    expect(seen).toEqual(['ready', 0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  })

  test('can be called off before and in the turn in which they are due', () => {
    const loop = new ManualLoop()
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
    const loop = new ManualLoop()
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
    const loop = new ManualLoop()
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
    const loop = new ManualLoop()
    const error = thrownBy(() => loop[method](value as never, () => undefined))
    expect(error).toBeInstanceOf(type)
    expect(error.message).toMatch(message)
    expect(loop.nextTimeout()).toBe(null)
  })

  test.each([['callSoon'], ['callLater'], ['callAt']] as const)('%s refuses what is no function', (method) => {
    const loop = new ManualLoop()
    for (const value of [undefined, null, 'code', {}]) {
      const error = thrownBy(() =>
        method === 'callSoon' ? loop.callSoon(value as never) : loop[method](1, value as never),
      )
      expect(error).toBeInstanceOf(TypeError)
      expect(error.message).toMatch(/takes a function/)
    }
  })
})

describe('turn and nextTimeout', () => {
  test('a turn with nothing to do does nothing', () => {
    const loop = new ManualLoop()
    expect(loop.nextTimeout()).toBe(null)
    loop.turn()
    expect(loop.nextTimeout()).toBe(null)
  })

  test('a turn makes the loop the running one, and only while it lasts', () => {
    const loop = new ManualLoop()
    const outside = getRunningLoop()
    let inside: unknown
    loop.callSoon(() => (inside = getRunningLoop()))
    expect(loop.isRunning()).toBe(false)
    loop.turn()
    expect(inside).toBe(loop)
    expect(getRunningLoop()).toBe(outside)
  })

  test('turns of two loops may nest', () => {
    const [outer, inner] = [new ManualLoop(), new ManualLoop()]
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
    const loop = new ManualLoop()
    const seen: unknown[] = []
    loop.callSoon(() => seen.push(thrownBy(() => loop.turn())))
    loop.callSoon(() => seen.push('second'))
    loop.turn()
    expect(seen[0]).toBeInstanceOf(RuntimeError)
    expect((seen[0] as Error).message).toContain('already running')
    expect(seen[1]).toBe('second')
  })
})
