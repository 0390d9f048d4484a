import { describe, expect, test } from 'vitest'
import * as core from '../../src/index.ts'
import { isCancelled, rethrowIfCancelled } from '../../src/index.ts'
import { thrownBy } from '../../../../test-support/errors.ts'

const CLASSES = [
  ['CancelledError', 'ERR_ASYNCIO_CANCELLED', Error],
  ['InvalidStateError', 'ERR_ASYNCIO_INVALID_STATE', Error],
  ['TimeoutError', 'ERR_ASYNCIO_TIMEOUT', Error],
  ['RuntimeError', 'ERR_ASYNCIO_RUNTIME', Error],
  ['NotImplementedError', 'ERR_ASYNCIO_NOT_IMPLEMENTED', Error],
  ['ValueError', 'ERR_ASYNCIO_VALUE', RangeError],
  ['LookupError', 'ERR_ASYNCIO_LOOKUP', Error],
  ['KeyboardInterrupt', 'ERR_ASYNCIO_KEYBOARD_INTERRUPT', Error],
] as const

describe('the errors', () => {
  test.each(CLASSES)('%s has its name, code %s, message and cause', (name, code, base) => {
    const error = new core[name]('a message', { cause: 'a cause' })
    expect(error).toBeInstanceOf(base)
    expect([error.name, error.code, error.message, error.cause]).toEqual([name, code, 'a message', 'a cause'])
    expect(String(error)).toBe(`${name}: a message`)
    expect(Object.keys(error)).toEqual([])
    expect(new core[name]().message).toBe('')
  })

  test('carry a stack, but for CancelledError, which is control flow', () => {
    expect(new core.RuntimeError('x').stack).toContain('errors.test.ts')
    expect(new core.CancelledError('x').stack).not.toContain('errors.test.ts')
    expect(new Error('after').stack).toContain('errors.test.ts')
  })
})

describe('isCancelled and rethrowIfCancelled', () => {
  test('tell a CancelledError from everything else', () => {
    class Mine extends core.CancelledError {}
    expect([new core.CancelledError(), new Mine()].map((error) => isCancelled(error))).toEqual([true, true])
    const others = [new Error(), new DOMException('x', 'AbortError'), null, undefined, 'CancelledError', 1, () => 1]
    expect(others.map((error) => isCancelled(error))).toEqual(others.map(() => false))
  })

  test('rethrow it as it is, and let others pass', () => {
    const error = new core.CancelledError('x')
    expect(thrownBy(() => rethrowIfCancelled(error))).toBe(error)
    rethrowIfCancelled(new Error('passes'))
    rethrowIfCancelled(undefined)
  })
})
