import { deserialize, serialize } from 'node:v8'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reviveError } from '../../src/revive-error.ts'
import { describeError } from '../../src/worker/describe-error.ts'
import type { DescribedError } from '../../src/worker/messages.ts'

/** What arrives of a thrown value, through the channel of a thread and through that of a process. */
function arrive(thrown: unknown): Error {
  const described = describeError(thrown)
  const fromThread = reviveError(structuredClone(described))
  const fromProcess = reviveError(deserialize(serialize(described)) as DescribedError)
  expect(fromProcess.message).toBe(fromThread.message)
  return fromThread
}

class ShopError extends Error {
  override readonly name = 'ShopError'
  constructor(
    message: string,
    readonly code: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

function revoked(): unknown {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}

const throwing = (): never => {
  throw new Error('a getter')
}

describe('an error that goes from a worker to the pool', () => {
  it('keeps the name, the code and the cause of the members of an AggregateError', () => {
    const member = new ShopError('no tea', 'E_TEA', { cause: new RangeError('stock is -1') })
    const arrived = arrive(new AggregateError([member, new TypeError('second')], 'both')) as AggregateError
    expect(arrived).toBeInstanceOf(AggregateError)
    expect(arrived.message).toBe('both')
    const [first, second] = arrived.errors as Error[]
    expect(first).toMatchObject({ name: 'ShopError', message: 'no tea', code: 'E_TEA' })
    expect(first!.cause).toBeInstanceOf(RangeError)
    expect(second).toBeInstanceOf(TypeError)
  })

  it('says which members of an AggregateError could not be copied', () => {
    const arrived = arrive(new AggregateError([() => 1, 'text', new Error('third')])) as AggregateError
    expect(arrived.errors).toHaveLength(3)
    expect(arrived.errors[0]).toBeInstanceOf(TypeError)
    expect((arrived.errors[0] as Error).message).toMatch(/could not be copied from its worker.*\(\) => 1/)
    expect(arrived.errors[1]).toBe('text')
    expect(arrived.errors[2]).toMatchObject({ message: 'third' })
  })

  it('keeps a cause inside of an AggregateError although a function is inside of that', () => {
    const cause = Object.assign(new Error('why'), { retry: () => 1, tries: 2 })
    const arrived = arrive(new AggregateError([new Error('x', { cause })])) as AggregateError
    expect((arrived.errors[0] as Error).cause).toMatchObject({ message: 'why', tries: 2 })
    expect((arrived.errors[0] as Error).cause).not.toHaveProperty('retry')
  })

  it('may be its own cause', () => {
    const error = new Error('round')
    error.cause = new Error('and round', { cause: error })
    const arrived = arrive(error)
    expect((arrived.cause as Error).cause).toBe(arrived)
  })

  it('may have an endless chain of causes', () => {
    let error = new Error('last')
    for (let i = 0; i < 1000; i++) error = new Error(`${i}`, { cause: error })
    let depth = 0
    for (let each: unknown = arrive(error); each instanceof Error; each = each.cause) depth += 1
    expect(depth).toBe(100)
  })

  it('may hold an array that holds itself', () => {
    const list: unknown[] = [new Error('inside')]
    list.push(list, list)
    expect(arrive(Object.assign(new Error('outside'), { list })).message).toBe('outside')
  })

  it.each([
    ['a symbol', Symbol('odd')],
    ['a number', 5],
    ['an object', { toString: throwing }],
    ['nothing', undefined],
  ])('has a name that can be printed when its own is %s', (_what, name) => {
    const error = new RangeError('odd')
    Object.defineProperty(error, 'name', { value: name, enumerable: true })
    const arrived = arrive(error)
    expect(arrived).toBeInstanceOf(RangeError)
    expect(arrived.name).toBe('RangeError')
    expect(String(arrived)).toBe('RangeError: odd')
  })

  it.each(['name', 'message', 'stack', 'code', 'cause', 'other'])('survives a getter of %s that throws', (key) => {
    const error = new TypeError('told')
    Object.defineProperty(error, key, { get: throwing, enumerable: true })
    expect(arrive(error)).toBeInstanceOf(TypeError)
  })

  it.each([
    ['a revoked proxy', revoked()],
    ['a proxy whose traps throw', new Proxy(new Error('x'), { get: throwing, getPrototypeOf: throwing })],
    ['an object without a prototype', Object.create(null)],
    ['an object that cannot be printed', { toString: throwing }],
    ['an error without a prototype', Object.setPrototypeOf(new Error('bare'), null)],
    ['an error with a revoked proxy as its cause', new Error('x', { cause: revoked() })],
    [
      'an error whose class has a revoked proxy as its name',
      Object.create(Error.prototype, { constructor: { value: revoked() } }),
    ],
  ])('may be %s', (_what, thrown) => {
    expect(arrive(thrown)).toBeInstanceOf(Error)
  })

  it('does not change what errors are', () => {
    arrive(Object.defineProperty(new Error('x'), '__proto__', { value: { polluted: 1 }, enumerable: true }))
    expect({}).not.toHaveProperty('polluted')
  })

  const value = fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withNullPrototype: true })
  const error: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
    error: fc
      .record({
        type: fc.constantFrom(Error, TypeError, ShopError, AggregateError),
        message: fc.string(),
        name: fc.option(value, { nil: undefined }),
        cause: fc.oneof({ depthSize: 'small' }, value, tie('error')),
        errors: fc.oneof({ depthSize: 'small' }, value, fc.array(tie('error'), { maxLength: 3 })),
        fields: fc.dictionary(fc.string(), value, { maxKeys: 3 }),
      })
      .map(({ type, message, name, cause, errors, fields }) => {
        const made: Error =
          type === AggregateError ? new AggregateError([], message) : new (type as typeof Error)(message)
        for (const [key, each] of Object.entries({ ...fields, cause, errors })) {
          Object.defineProperty(made, key, { value: each, enumerable: true, configurable: true })
        }
        if (name !== undefined) Object.defineProperty(made, 'name', { value: name, configurable: true })
        return made
      }),
  })).error

  it('arrives as an error that can be printed, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(error, value), (thrown) => {
        const arrived = arrive(thrown)
        expect(arrived).toBeInstanceOf(Error)
        expect(typeof String(arrived)).toBe('string')
        if (thrown instanceof Error && !Object.hasOwn(thrown, 'message')) expect(arrived.message).toBe(thrown.message)
      }),
      { numRuns: 100 },
    )
  })
})

describe('reviveError', () => {
  it('makes an error of anything, as what arrives may have been made by anybody', () => {
    fc.assert(
      fc.property(fc.anything(), (described) => {
        expect(reviveError(described as DescribedError)).toBeInstanceOf(Error)
      }),
      { numRuns: 500 },
    )
    fc.assert(
      fc.property(
        fc.record({
          name: fc.anything(),
          message: fc.anything(),
          stack: fc.anything(),
          classes: fc.anything(),
          fields: fc.anything(),
          isValue: fc.boolean(),
        }),
        (described) => {
          const error = reviveError(described as unknown as DescribedError)
          expect(error).toBeInstanceOf(Error)
          expect(typeof String(error)).toBe('string')
        },
      ),
      { numRuns: 500 },
    )
  })
})
