import { describe, expect, test } from 'vitest'
import { Context, ContextVar, Task } from '../../src/index.ts'
import { virtually } from '../../../../test-support/both.ts'
import { collectErrors, thrownBy } from '../../../../test-support/errors.ts'
import { ManualLoop } from '../../../../test-support/manual-loop.ts'
import { sleep } from '../../../../test-support/sleep.ts'

describe('Future done-callbacks', () => {
  test('run in the turn after, in the order they were added, with the future', () => {
    const loop = new ManualLoop()
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
    const loop = new ManualLoop()
    const future = loop.createFuture<number>()
    future.setResult(1)
    const seen: string[] = []
    future.addDoneCallback(() => seen.push('called'))
    expect(seen).toEqual([])
    loop.turn()
    expect(seen).toEqual(['called'])
  })

  test('run for a cancelled future', () => {
    const loop = new ManualLoop()
    const future = loop.createFuture()
    const seen: boolean[] = []
    future.addDoneCallback((f) => seen.push(f.cancelled()))
    future.cancel()
    loop.turn()
    expect(seen).toEqual([true])
  })

  test('are removed by function, all registrations of it at once', () => {
    const loop = new ManualLoop()
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
    const loop = new ManualLoop()
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
    const loop = new ManualLoop()
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
    const loop = new ManualLoop()
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
    const future = new ManualLoop().createFuture()
    expect(thrownBy(() => future.addDoneCallback(undefined as never))).toBeInstanceOf(TypeError)
    expect(thrownBy(() => future.addDoneCallback('no' as never)).message).toContain('function')
  })

  test('added while the others run are called in the next turn', () => {
    const loop = new ManualLoop()
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
