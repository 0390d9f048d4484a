import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { coroutine, currentTask, isCoroutine, RuntimeError, Task } from '../../src/index.ts'
import { isGeneratorFunction } from '../../src/primitives.ts'
import type { Coroutine } from '../../src/index.ts'
import { both, virtually } from '../../../../test-support/both.ts'
import { thrownBy } from '../../../../test-support/errors.ts'
import { settle } from '../../../../test-support/manual-loop.ts'
import { sleep } from '../../../../test-support/sleep.ts'

describe('coroutine()', () => {
  both('makes a function whose result waits in both spellings', function* ({ wait }) {
    const add = coroutine(function* (a: number, b: number) {
      yield* sleep(1)
      return a + b
    })
    expect(yield* wait(add(2, 3))).toBe(5)
  })

  both('starts nothing before the first await', function* ({ wait }) {
    const seen: string[] = []
    const work = coroutine(function* () {
      seen.push('ran')
    })
    const object = work()
    yield* wait(sleep(1))
    expect(seen).toEqual([])
    yield* wait(object)
    expect(seen).toEqual(['ran'])
  })

  both('runs at once, in the same turn, when it is awaited', function* ({ wait, loop }) {
    const seen: string[] = []
    loop.callSoon(() => seen.push('another turn'))
    const work = coroutine(function* () {
      seen.push('body')
      return 1
    })
    yield* wait(work())
    seen.push('after')
    expect(seen).toEqual(['body', 'after'])
  })

  both('runs as a part of the task that awaits it', function* ({ wait }) {
    const task = currentTask()
    const seen: unknown[] = []
    const work = coroutine(function* () {
      seen.push(currentTask() === task)
      yield* sleep(1)
      seen.push(currentTask() === task)
    })
    yield* wait(work())
    expect(seen).toEqual([true, true])
  })

  both('passes errors to the await', function* ({ wait }) {
    const early = coroutine(function* () {
      throw new RangeError('early')
    })
    const late = coroutine(function* () {
      yield* sleep(1)
      throw new RangeError('late')
    })
    for (const work of [early, late]) {
      let caught: unknown
      try {
        yield* wait(work())
      } catch (error) {
        caught = error
      }
      expect((caught as Error).message).toBe(work === early ? 'early' : 'late')
    }
  })

  both('can be awaited once', function* ({ wait }) {
    const work = coroutine(function* work() {
      yield* sleep(0)
    })
    const object = work()
    yield* wait(object)
    let caught: unknown
    try {
      yield* wait(object)
    } catch (error) {
      caught = error
    }
    expect(caught).toBeInstanceOf(RuntimeError)
    expect((caught as Error).message).toContain('cannot reuse already awaited coroutine work()')
    expect((caught as Error).message).toContain('call the function again')
  })

  both('cannot be awaited by two at once', function* ({ wait, spell }) {
    const object = coroutine(function* () {
      yield* sleep(1)
    })()
    const first = new Task(
      spell(function* (wait) {
        yield* wait(object)
      }),
    )
    const second = new Task(
      spell(function* (wait) {
        yield* wait(object)
      }),
    )
    yield* wait(first)
    let caught: unknown
    try {
      yield* wait(second)
    } catch (error) {
      caught = error
    }
    expect(caught).toBeInstanceOf(RuntimeError)
  })

  test('keeps the name, and the parameters at run time', () => {
    const named = coroutine(function* fetchAll(_a: number, _b: number) {})
    expect(named.name).toBe('fetchAll')
    expect(String(named(1, 2))).toBe('<coroutine object fetchAll>')
    expect(inspect(named(1, 2))).toBe('<coroutine object fetchAll>')
    expect(Object.prototype.toString.call(named(1, 2))).toBe('[object Coroutine]')
  })

  virtually('passes this on', function* () {
    const object = {
      value: 4,
      read: coroutine(function* (this: { value: number }, factor: number) {
        return this.value * factor
      }),
    }
    expect(yield* object.read(2)).toBe(8)
  })

  virtually('decorates methods', function* () {
    class Counter {
      *add(n: number): Coroutine<number> {
        yield* sleep(1)
        return (this.count += n)
      }
      count = 0
    }
    // What `@coroutine` above the method compiles to.
    const decorated = coroutine(Counter.prototype.add, { kind: 'method', name: 'add' } as ClassMethodDecoratorContext)
    Counter.prototype.add = decorated
    const counter = new Counter()
    const object = counter.add(3)
    expect([counter.count, String(object), decorated.name]).toEqual([0, '<coroutine object add>', 'add'])
    expect(yield* object).toBe(3)
  })

  test('refuses what is no function', () => {
    for (const value of [1, null, undefined, {}]) {
      expect(thrownBy(() => coroutine(value as never)).message).toBe('coroutine() takes a function*.')
    }
  })

  test('refuses an async or plain function at the call, and names it', () => {
    const wrapped = coroutine(async function fetchIt() {} as never)
    const error = thrownBy(() => wrapped())
    expect(error).toBeInstanceOf(TypeError)
    expect(error.message).toContain('fetchIt')
    expect(error.message).toContain('needs no wrapper')
    expect(thrownBy(() => coroutine((() => 1) as never)())).toBeInstanceOf(TypeError)
  })

  test('is told apart by isCoroutine', () => {
    const object = coroutine(function* () {})()
    expect(isCoroutine(object)).toBe(true)
    expect(isCoroutine((function* () {})())).toBe(true)
    const others = [function* () {}, async () => 1, Promise.resolve(), [][Symbol.iterator](), {}, null, undefined, 1]
    for (const value of others) {
      expect(isCoroutine(value)).toBe(false)
    }
    expect(isGeneratorFunction(function* () {})).toBe(true)
    for (const value of [() => 1, async () => 1, async function* () {}, null, {}]) {
      expect(isGeneratorFunction(value)).toBe(false)
    }
  })
})

describe('a coroutine object stepped by hand', () => {
  test('sends, throws and closes as a generator does', () => {
    const work = coroutine(function* work(): Coroutine<string> {
      try {
        const sent = yield undefined
        yield sent as undefined
        return 'end'
      } catch (error) {
        return (error as Error).message
      }
    })
    const sent = work()
    expect(sent.next()).toEqual({ done: false, value: undefined })
    expect(sent.next('hello')).toEqual({ done: false, value: 'hello' })
    expect(sent.next()).toEqual({ done: true, value: 'end' })
    const thrown = work()
    thrown.next()
    expect(thrown.throw(new Error('into'))).toEqual({ done: true, value: 'into' })
    const closed = work()
    expect(closed.return('closed')).toEqual({ done: true, value: 'closed' })
    expect(thrownBy(() => closed.next()).message).toContain('cannot reuse a closed coroutine work()')
  })

  test('cannot be stepped again once it has ended, by a return or an error', () => {
    const fine = coroutine(function* work() {
      yield undefined
    })()
    fine.next()
    fine.next()
    const failed = coroutine(function* work() {
      throw new RangeError('once')
    })()
    expect(thrownBy(() => failed.next()).message).toBe('once')
    const thrown = coroutine(function* work() {
      yield undefined
    })()
    thrown.next()
    expect(thrownBy(() => thrown.throw(new RangeError('in'))).message).toBe('in')
    for (const ended of [fine, failed, thrown]) {
      for (const step of [() => ended.next(), () => ended.throw(new Error('late'))]) {
        expect(thrownBy(step).message).toContain('cannot reuse already awaited coroutine work()')
      }
    }
  })

  test('runs finally when it is closed halfway', () => {
    const seen: string[] = []
    const object = coroutine(function* (): Coroutine<void> {
      try {
        yield undefined
      } finally {
        seen.push('finally')
      }
    })()
    object.next()
    object.return(undefined)
    expect(seen).toEqual(['finally'])
  })

  test('never runs the body when it is closed, or thrown into, before it starts', () => {
    let ran = false
    const work = coroutine(function* () {
      ran = true
    })
    const closed = work()
    closed.return(undefined)
    closed.return(undefined)
    const thrown = work()
    expect(thrownBy(() => thrown.throw(new RangeError('in')))).toBeInstanceOf(RangeError)
    expect(thrownBy(() => thrown.next())).toBeInstanceOf(RuntimeError)
    expect(ran).toBe(false)
  })
})

describe('a coroutine outside of every task', () => {
  test('becomes a task of its own that begins at once', async () => {
    const seen: unknown[] = []
    const work = coroutine(function* () {
      seen.push(currentTask() !== null)
      yield* sleep(0)
      seen.push(currentTask() !== null)
      return 'result'
    })
    expect(await work()).toBe('result')
    expect(seen).toEqual([true, true])
    expect(currentTask()).toBe(null)
  })

  test('rejects an await with what it throws', async () => {
    const work = coroutine(function* () {
      yield* sleep(0)
      throw new RangeError('out')
    })
    await expect(work()).rejects.toThrow('out')
  })

  test('answers to then, catch and finally', async () => {
    const good = coroutine(function* () {
      return 1
    })
    const bad = coroutine(function* () {
      throw new Error('bad')
    })
    expect(await good().then((value) => value + 1)).toBe(2)
    expect(await bad().catch((error: Error) => error.message)).toBe('bad')
    const seen: string[] = []
    expect(await good().finally(() => seen.push('finally'))).toBe(1)
    expect(
      await bad()
        .finally(() => seen.push('finally'))
        .catch((error: Error) => error.message),
    ).toBe('bad')
    expect(seen).toEqual(['finally', 'finally'])
  })

  test('never calls back inside then', async () => {
    const seen: string[] = []
    void coroutine(function* () {
      return 1
    })().then(() => seen.push('called'))
    expect(seen).toEqual([])
    await settle()
    expect(seen).toEqual(['called'])
  })
})
