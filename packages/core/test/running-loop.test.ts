import { describe, expect, test } from 'vitest'
import { Future, getEventLoop, getRunningLoop, RuntimeError, setEventLoop } from '../src/index.ts'
import { runningLoop, setRunningLoop } from '../src/primitives.ts'
import { both } from '../../../test-support/both.ts'
import { thrownBy } from '../../../test-support/errors.ts'
import { ManualLoop } from '../../../test-support/manual-loop.ts'
import { sleep } from '../../../test-support/sleep.ts'

describe('the running loop and the current one', () => {
  both('are the loop of the task', function* ({ wait, loop }) {
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
    const loop = new ManualLoop()
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
    const loop = new ManualLoop()
    setRunningLoop(loop)
    try {
      expect([getRunningLoop() === loop, runningLoop() === loop, loop.isRunning()]).toEqual([true, true, true])
      setRunningLoop(loop)
      const error = thrownBy(() => setRunningLoop(new ManualLoop()))
      expect(error).toBeInstanceOf(RuntimeError)
      expect(error.message).toContain('another loop is running')
    } finally {
      setRunningLoop(null)
    }
    expect(loop.isRunning()).toBe(false)
  })
})
