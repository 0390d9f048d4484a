import { describe, expect, test } from 'vitest'
import { CancelledError, ExceptionGroup, matchErrors, TimeoutError, ValueError } from '../../src/index.ts'
import { thrownBy } from '../../../../test-support/errors.ts'

/** `[RangeError(a), [TypeError(b)]]` of a nested group. */
function shape(error: unknown): unknown {
  if (error === null) return null
  if (error instanceof ExceptionGroup) return [error.summary, ...(error.errors as unknown[]).map(shape)]
  return `${(error as Error).name}(${(error as Error).message})`
}

const nested = () =>
  new ExceptionGroup('outer', [
    new TypeError('t1'),
    new ExceptionGroup('inner', [new RangeError('r1'), new TypeError('t2')]),
    new RangeError('r2'),
  ])

describe('ExceptionGroup', () => {
  test('is an AggregateError with a message, members, a name and a code', () => {
    const group = new ExceptionGroup('several', [new Error('a')], { cause: 'why' })
    expect(group).toBeInstanceOf(AggregateError)
    expect(group).toBeInstanceOf(Error)
    expect([group.name, group.message, group.code, group.cause, group.errors.length]).toEqual([
      'ExceptionGroup',
      'several (1 sub-exception: Error: a)',
      'ERR_ASYNCIO_EXCEPTION_GROUP',
      'why',
      1,
    ])
    expect(String(group)).toBe('ExceptionGroup: several (1 sub-exception: Error: a)')
    expect(group.summary).toBe('several')
  })

  test('names the first of many errors in its message, at any depth, and whatever they are', () => {
    const unprintable = {
      toString(): string {
        throw new Error('no')
      },
    }
    const group = new ExceptionGroup('outer', [
      new ExceptionGroup('inner', [new RangeError('r')]),
      unprintable,
      new Error('x'.repeat(300)),
      new Error('fourth'),
    ])
    expect(group.message).toMatch(
      /^outer \(4 sub-exceptions: ExceptionGroup: inner \(1 sub-exception: RangeError: r\); an error that cannot be shown \(object\); Error: x{193}\.\.\.; \.\.\.\)$/,
    )
  })

  test('holds at least one error', () => {
    expect(thrownBy(() => new ExceptionGroup('none', []))).toBeInstanceOf(ValueError)
  })

  test('splits by class, and keeps the nesting in both halves', () => {
    const [match, rest] = nested().split(TypeError)
    expect(shape(match)).toEqual(['outer', 'TypeError(t1)', ['inner', 'TypeError(t2)']])
    expect(shape(rest)).toEqual(['outer', ['inner', 'RangeError(r1)'], 'RangeError(r2)'])
  })

  test('splits into itself and nothing, or nothing and the rest', () => {
    const group = nested()
    expect(shape(group.split(Error)[0])).toEqual(shape(group))
    expect(group.split(Error)[1]).toBe(null)
    const [match, rest] = group.split(SyntaxError)
    expect([match, shape(rest)]).toEqual([null, shape(group)])
  })

  test('matches itself as a whole', () => {
    const group = nested()
    expect(group.split(ExceptionGroup)).toEqual([group, null])
    expect(group.subgroup((error) => error === group)).toBe(group)
  })

  test('splits by several classes, and by a predicate', () => {
    expect(shape(nested().subgroup([TypeError, SyntaxError]))).toEqual([
      'outer',
      'TypeError(t1)',
      ['inner', 'TypeError(t2)'],
    ])
    expect(shape(nested().subgroup((error) => (error as Error).message === 'r1'))).toEqual([
      'outer',
      ['inner', 'RangeError(r1)'],
    ])
    expect(nested().subgroup(() => false)).toBe(null)
  })

  test('refuses a condition that is none', () => {
    for (const value of [1, undefined, {}]) {
      expect(thrownBy(() => nested().split(value as never))).toBeInstanceOf(TypeError)
    }
  })

  test('keeps the members themselves, and hands its cause to its parts', () => {
    const member = new RangeError('r')
    const group = new ExceptionGroup('g', [member, new TypeError('t')], { cause: 'why' })
    const part = group.subgroup(RangeError)!
    expect(part.errors[0]).toBe(member)
    expect(part.cause).toBe('why')
  })

  test('lets a subclass make its parts', () => {
    class Failures extends ExceptionGroup {
      override derive(errors: Iterable<unknown>): Failures {
        return new Failures(`${this.summary}!`, errors)
      }
    }
    const [match, rest] = new Failures('f', [new TypeError('t'), new RangeError('r')]).split(TypeError)
    expect([match, rest].map((part) => part instanceof Failures && part.summary)).toEqual(['f!', 'f!'])
  })

  test('matches classes of the library', () => {
    const group = new ExceptionGroup('g', [new CancelledError(), new TimeoutError('t')])
    expect(shape(group.subgroup(TimeoutError))).toEqual(['g', 'TimeoutError(t)'])
  })
})

describe('matchErrors', () => {
  test('finds the errors of a class at any depth, in order', () => {
    expect(matchErrors(nested(), RangeError).map((error) => error.message)).toEqual(['r1', 'r2'])
  })

  test('gives the error itself, or nothing', () => {
    const error = new RangeError('x')
    expect(matchErrors(error, RangeError)).toEqual([error])
    expect(matchErrors(error, TypeError)).toEqual([])
    expect(matchErrors('text', Error)).toEqual([])
    expect(matchErrors(undefined, Error)).toEqual([])
  })

  test('looks into the AggregateErrors of the language', () => {
    expect(matchErrors(new AggregateError([new RangeError('in')]), RangeError).map((error) => error.message)).toEqual([
      'in',
    ])
  })
})
