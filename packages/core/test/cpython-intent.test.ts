import { describe, expect, test } from 'vitest'
import { Future } from '@asyncio-ts/core'
import { ManualLoop } from '../../../test-support/manual-loop.ts'

/** What CPython's own tests of futures ask for, said anew; packages/conformance/intent names them. */
describe('the callbacks of a future', () => {
  test('may remove other callbacks while they are called', () => {
    const loop = new ManualLoop()
    const calls: string[] = []
    const future = new Future<number>({ loop })
    const second = (): void => void calls.push('second')
    const third = (): void => void calls.push('third')
    future.addDoneCallback(() => {
      calls.push('first')
      // They are queued already: it is too late to call them off, and nothing is lost.
      expect(future.removeDoneCallback(second)).toBe(0)
    })
    future.addDoneCallback(second)
    future.addDoneCallback(third)
    expect(future.removeDoneCallback(third)).toBe(1)
    future.setResult(1)
    loop.turn()
    expect(calls).toEqual(['first', 'second'])
    loop.close()
  })

  test('calls every callback when it fails', () => {
    const loop = new ManualLoop()
    const calls: unknown[] = []
    const future = new Future<number>({ loop })
    for (const name of ['a', 'b']) future.addDoneCallback((done) => calls.push([name, done.exception()]))
    const error = new Error('failed')
    future.setException(error)
    expect(calls).toEqual([])
    loop.turn()
    expect(calls).toEqual([
      ['a', error],
      ['b', error],
    ])
    loop.close()
  })
})
