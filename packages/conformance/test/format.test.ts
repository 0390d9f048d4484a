import { describe, expect, it } from 'vitest'
import { CancelledError, ExceptionGroup, ValueError } from '@asyncio-ts/core'
import { format } from '../src/format.ts'

describe('format', () => {
  it.each([
    ['None', undefined],
    ['None', null],
    ['True', true],
    ['False', false],
    ['text', 'text'],
    ['3', 3],
    ['1.5', 1.5],
    ['[1, [None, a]]', [1, [null, 'a']]],
    ['ValueError()', new ValueError('not compared')],
    ['CancelledError(why)', new CancelledError('why')],
    ['CancelledError()', new CancelledError()],
    ['ExceptionGroup(ValueError(), TypeError())', new ExceptionGroup('group', [new ValueError(''), new TypeError('')])],
  ])('prints %s as Python does', (expected, value) => {
    expect(format(value)).toBe(expected)
  })
})
