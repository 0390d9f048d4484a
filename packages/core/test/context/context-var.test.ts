import { describe, expect, test } from 'vitest'
import {
  Context,
  ContextVar,
  copyContext,
  coroutine,
  getRunningLoop,
  LookupError,
  RuntimeError,
  Task,
  ValueError,
} from '../../src/index.ts'
import { runBody } from '../../src/primitives.ts'
import { both, virtually } from '../../../../test-support/both.ts'
import { thrownBy } from '../../../../test-support/errors.ts'
import { ManualLoop } from '../../../../test-support/manual-loop.ts'
import { sleep } from '../../../../test-support/sleep.ts'

const color = new ContextVar<string>('color', { default: 'white' })

describe('ContextVar', () => {
  test('gives its default, a fallback before it, and an error where there is neither', () => {
    const bare = new ContextVar<number>('bare')
    expect(new ContextVar('v', { default: 1 }).get()).toBe(1)
    expect(new ContextVar('v', { default: 1 }).get(2)).toBe(2)
    expect(bare.get(3)).toBe(3)
    const error = thrownBy(() => bare.get())
    expect(error).toBeInstanceOf(LookupError)
    expect(error.message).toContain("'bare'")
    expect(new ContextVar<undefined>('u', { default: undefined }).get()).toBe(undefined)
    expect(String(bare)).toBe("<ContextVar name='bare'>")
    expect(bare.name).toBe('bare')
  })

  test('is set and reset, in any order that tokens allow', () => {
    new Context().run(() => {
      const variable = new ContextVar<number>('v')
      const first = variable.set(1)
      const second = variable.set(2)
      expect(variable.get()).toBe(2)
      variable.reset(second)
      expect(variable.get()).toBe(1)
      variable.reset(first)
      expect(variable.get(-1)).toBe(-1)
    })
  })

  test('may be set to undefined', () => {
    new Context().run(() => {
      const variable = new ContextVar<undefined>('v')
      const token = variable.set(undefined)
      expect(copyContext().has(variable)).toBe(true)
      expect(variable.get()).toBe(undefined)
      variable.reset(token)
      expect(copyContext().has(variable)).toBe(false)
    })
  })

  test('refuses a token that was used, or that another variable made', () => {
    new Context().run(() => {
      const [one, two] = [new ContextVar<number>('one'), new ContextVar<number>('two')]
      const token = one.set(1)
      const foreign = thrownBy(() => two.reset(token))
      expect(foreign).toBeInstanceOf(ValueError)
      expect(foreign.message).toContain("'one'")
      one.reset(token)
      expect(thrownBy(() => one.reset(token))).toBeInstanceOf(RuntimeError)
    })
  })

  test('refuses a token that was made in another context', () => {
    const variable = new ContextVar<number>('v')
    const token = new Context().run(() => variable.set(1))
    const error = thrownBy(() => new Context().run(() => variable.reset(token)))
    expect(error).toBeInstanceOf(ValueError)
    expect(error.message).toContain('context')
  })
})

describe('contexts of tasks', () => {
  both('are copies, taken when the task is made', function* ({ wait, spell }) {
    color.set('before')
    const read = spell(function* (wait) {
      const seen = [color.get()]
      yield* wait(sleep(1))
      seen.push(color.get())
      return seen
    })
    const task = new Task(() => read())
    color.set('after')
    expect(yield* wait(task)).toEqual(['before', 'before'])
    expect(color.get()).toBe('after')
  })

  both('keep apart what each task sets, across awaits', function* ({ wait, spell }) {
    const paint = spell(function* (wait, name: string) {
      color.set(name)
      const seen = new Set<string>()
      for (let i = 0; i < 4; i++) {
        yield* wait(sleep(i % 2))
        seen.add(color.get())
      }
      return [...seen]
    })
    const tasks = ['red', 'green', 'blue'].map((name) => new Task(() => paint(name)))
    const seen = []
    for (const task of tasks) seen.push(yield* wait(task))
    expect([seen, color.get()]).toEqual([[['red'], ['green'], ['blue']], 'white'])
  })

  both('may be given, and shared', function* ({ wait, spell }) {
    const context = new Context()
    const write = spell(function* (wait) {
      yield* wait(sleep(1))
      color.set('shared')
    })
    const task = new Task(() => write(), { context })
    expect(task.getContext()).toBe(context)
    yield* wait(task)
    const read = new Task(
      spell(function* () {
        return color.get()
      }),
      { context },
    )
    expect([yield* wait(read), color.get(), context.get(color)]).toEqual(['shared', 'white', 'shared'])
  })

  both('hold for what a coroutine sets on behalf of its caller', function* ({ wait }) {
    const paint = coroutine(function* () {
      yield* sleep(1)
      color.set('by the coroutine')
    })
    yield* wait(paint())
    expect(color.get()).toBe('by the coroutine')
  })

  virtually('hold in the body of a scope, of every kind', function* () {
    color.set('scope')
    expect(yield* runBody(() => color.get())).toBe('scope')
    expect(
      yield* runBody(async () => {
        await sleep(1)
        color.set('set inside')
        return color.get()
      }),
    ).toBe('set inside')
    expect(color.get()).toBe('set inside')
    yield* runBody(function* () {
      color.set('by a generator')
    })
    expect(color.get()).toBe('by a generator')
  })

  virtually('hold for callbacks: a copy, taken when they are registered', async (loop) => {
    const seen: string[] = []
    color.set('registered')
    loop.callSoon(() => seen.push(color.get()))
    loop.callLater(1, () => {
      seen.push(color.get())
      color.set('lost with the copy')
    })
    color.set('changed')
    await sleep(2)
    expect([seen, color.get()]).toEqual([['registered', 'registered'], 'changed'])
  })

  test('take over in an async function after its first await, when it leaves Context.run', async () => {
    const context = new Context()
    const seen = await context.run(async () => {
      color.set('inside')
      const before = color.get()
      await null
      return [before, color.get()]
    })
    expect(seen).toEqual(['inside', 'white'])
  })

  test('are separate for loops turned by hand', () => {
    const loop = new ManualLoop()
    const context = new Context()
    loop.callSoon(() => color.set('in the callback'), { context } as never)
    loop.turn()
    expect([context.get(color), color.get()]).toEqual(['in the callback', 'white'])
    expect(getRunningLoop()).not.toBe(loop)
  })
})
