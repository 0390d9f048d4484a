import { describe, expect, test, vi } from 'vitest'
import { Context, ContextVar } from '../../src/index.ts'
import type { ExceptionContext } from '../../src/index.ts'
import { thrownBy } from '../../../../test-support/errors.ts'
import { ManualLoop } from '../../../../test-support/manual-loop.ts'

describe('the exception handler', () => {
  test('is told of errors in callbacks, with the handle, and the loop goes on', () => {
    const loop = new ManualLoop()
    const told: [unknown, ExceptionContext][] = []
    const handler = (l: unknown, context: ExceptionContext) => void told.push([l, context])
    expect(loop.getExceptionHandler()).toBe(null)
    loop.setExceptionHandler(handler)
    expect(loop.getExceptionHandler()).toBe(handler)
    const seen: string[] = []
    const error = new Error('in a callback')
    const handle = loop.callSoon(function broken() {
      throw error
    })
    loop.callSoon(() => seen.push('went on'))
    loop.turn()
    expect(seen).toEqual(['went on'])
    expect(told).toEqual([[loop, { message: 'Exception in callback broken()', exception: error, handle }]])
  })

  test('runs in the context of what failed', () => {
    const loop = new ManualLoop()
    const variable = new ContextVar('v', { default: 'none' })
    const seen: string[] = []
    loop.setExceptionHandler(() => seen.push(variable.get()))
    const context = new Context()
    context.run(() => variable.set('of the handle'))
    loop.callSoon(
      () => {
        throw new Error('x')
      },
      { context } as never,
    )
    loop.turn()
    expect(seen).toEqual(['of the handle'])
  })

  test('that fails itself falls back to printing both errors', () => {
    const loop = new ManualLoop()
    const printed = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    try {
      loop.setExceptionHandler(() => {
        throw new Error('handler broken')
      })
      loop.callExceptionHandler({ message: 'first', exception: new Error('original') })
      const text = printed.mock.calls.map((call) => call.map((part) => String(part)).join(' ')).join('\n')
      expect(text).toContain('Unhandled error in exception handler')
      expect(text).toContain('handler broken')
      expect(text).toContain('original')
    } finally {
      printed.mockRestore()
    }
  })

  test('by default prints the message, what is known, and the error', () => {
    const loop = new ManualLoop()
    const printed = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    try {
      const error = new Error('details')
      loop.callExceptionHandler({ message: 'something failed', exception: error, transport: 1, future: [2] })
      loop.callExceptionHandler({ message: 'no error' })
      expect(printed.mock.calls).toEqual([['something failed\nfuture: [2]\ntransport: 1\n', error], ['no error']])
    } finally {
      printed.mockRestore()
    }
  })

  test('must be a function or null', () => {
    const loop = new ManualLoop()
    for (const value of [1, {}, 'x', undefined]) {
      expect(thrownBy(() => loop.setExceptionHandler(value as never))).toBeInstanceOf(TypeError)
    }
    loop.setExceptionHandler(null)
    expect(loop.getExceptionHandler()).toBe(null)
  })
})
