import { describe, expect, test } from 'vitest'
import { Context, ContextVar, copyContext, RuntimeError, Task } from '../../src/index.ts'
import { virtually } from '../../../../test-support/both.ts'
import { thrownBy } from '../../../../test-support/errors.ts'

const color = new ContextVar<string>('color', { default: 'white' })

describe('Context', () => {
  test('runs a function with its own values, and hands back what it returns or throws', () => {
    const context = new Context()
    expect(context.run((a: number, b: number) => a + b, 1, 2)).toBe(3)
    context.run(() => color.set('red'))
    expect([color.get(), context.get(color), context.run(() => color.get())]).toEqual(['white', 'red', 'red'])
    expect(
      thrownBy(() =>
        context.run(() => {
          throw new RangeError('x')
        }),
      ),
    ).toBeInstanceOf(RangeError)
    expect(color.get()).toBe('white')
  })

  test('is copied, and the copy goes its own way', () => {
    const context = new Context()
    context.run(() => color.set('red'))
    const copy = context.copy()
    copy.run(() => color.set('blue'))
    expect([context.get(color), copy.get(color)]).toEqual(['red', 'blue'])
    expect(context.run(() => copyContext()).get(color)).toBe('red')
  })

  test('is a mapping', () => {
    const other = new ContextVar<number>('other')
    const context = new Context()
    context.run(() => color.set('red'))
    expect([context.size, context.has(color), context.has(other)]).toEqual([1, true, false])
    expect([context.get(color), context.get(other), context.get(other, 7)]).toEqual(['red', undefined, 7])
    expect([...context]).toEqual([[color, 'red']])
    for (const [variable, value] of context) expect([variable.name, value]).toEqual(['color', 'red'])
  })

  test('cannot be entered twice', () => {
    const context = new Context()
    const error = thrownBy(() => context.run(() => context.run(() => 1)))
    expect(error).toBeInstanceOf(RuntimeError)
    expect(error.message).toContain('context.copy().run')
    expect(context.run(() => 'free again')).toBe('free again')
  })

  test('nests in another, which is in force again after it', () => {
    const [outer, inner] = [new Context(), new Context()]
    outer.run(() => {
      color.set('outer')
      inner.run(() => color.set('inner'))
      expect(color.get()).toBe('outer')
    })
    expect([outer.get(color), inner.get(color)]).toEqual(['outer', 'inner'])
  })

  virtually('of the running task cannot be entered by the task itself', function* () {
    const task: Task<unknown> = new Task(function* () {
      return thrownBy(() => (task.getContext() as Context).run(() => 1))
    })
    expect(yield* task).toBeInstanceOf(RuntimeError)
  })

  virtually('of a task is one and the same, whenever it is asked for', function* () {
    let inside: unknown
    const task = new Task(function* () {
      color.set('red')
      yield
      inside = copyContext().get(color)
      expect(thrownBy(() => task.getContext().run(() => 1))).toBeInstanceOf(RuntimeError)
      color.set('blue')
    })
    yield
    yield
    expect(inside).toBe('red')
    expect((task.getContext() as Context).get(color)).toBe('blue')
    expect(task.getContext()).toBe(task.getContext())
    expect(color.get()).toBe('white')
  })

  virtually('of a task is what its maker had, even when the maker changes it before the first step', function* () {
    color.set('red')
    const task = new Task(function* () {
      return color.get()
    })
    color.set('blue')
    expect(yield* task).toBe('red')
  })
})
