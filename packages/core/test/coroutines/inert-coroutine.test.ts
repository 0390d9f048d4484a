import { describe, expect, test } from 'vitest'
import { allTasks, RuntimeError, Task } from '../../src/index.ts'
import { InertCoroutine } from '../../src/primitives.ts'
import type { Coroutine } from '../../src/index.ts'
import { both } from '../../../../test-support/both.ts'
import { thrownBy } from '../../../../test-support/errors.ts'
import { sleep } from '../../../../test-support/sleep.ts'

/** Counts what it starts, and waits only when told to. */
class Take extends InertCoroutine<string> {
  static begun = 0
  static generators = 0
  readonly #seconds: number

  constructor(seconds = 0) {
    super()
    this.#seconds = seconds
  }

  protected begin(): Coroutine<string> | undefined {
    Take.begun++
    if (this.#seconds > 0) return this.slow()
    this.result = 'at once'
    return undefined
  }

  *slow(): Coroutine<string> {
    Take.generators++
    yield* sleep(this.#seconds)
    return 'waited'
  }

  static reset(): void {
    Take.begun = Take.generators = 0
  }
}

class Failing extends InertCoroutine<string> {
  protected begin(): undefined {
    throw new RangeError('at the start')
  }
}

describe('InertCoroutine', () => {
  both('begins at its first await, not before', function* ({ wait }) {
    Take.reset()
    const take = new Take()
    yield* wait(sleep(0))
    expect(Take.begun).toBe(0)
    expect(yield* wait(take)).toBe('at once')
    expect(Take.begun).toBe(1)
  })

  both('makes no generator and no task where it need not wait', function* ({ wait }) {
    Take.reset()
    const before = allTasks().size
    for (let i = 0; i < 3; i++) expect(yield* wait(new Take())).toBe('at once')
    expect([Take.begun, Take.generators, allTasks().size - before]).toEqual([3, 0, 0])
  })

  both('makes one generator where it has to wait', function* ({ wait, loop }) {
    Take.reset()
    expect(yield* wait(new Take(2))).toBe('waited')
    expect([Take.begun, Take.generators, loop.time()]).toEqual([1, 1, 2])
  })

  test('makes no promise for an await that need not wait', async () => {
    Take.reset()
    const take = new Take()
    let made: unknown
    const original = take.then.bind(take)
    take.then = ((...handlers: Parameters<typeof original>) => (made = original(...handlers))) as typeof take.then
    expect(await take).toBe('at once')
    expect(made).toBe(undefined)
  })

  both('does not give up a turn where it need not wait', function* ({ wait, loop }) {
    const seen: string[] = []
    loop.callSoon(() => seen.push('another turn'))
    yield* wait(new Take())
    expect(seen).toEqual([])
  })

  both('may throw at the start', function* ({ wait }) {
    let caught: unknown
    try {
      yield* wait(new Failing())
    } catch (error) {
      caught = error
    }
    expect((caught as Error).message).toBe('at the start')
  })

  both('can be awaited once, waiting or not', function* ({ wait }) {
    for (const take of [new Take(), new Take(1)]) {
      yield* wait(take)
      let caught: unknown
      try {
        yield* wait(take)
      } catch (error) {
        caught = error
      }
      expect(caught).toBeInstanceOf(RuntimeError)
      expect((caught as Error).message).toContain('cannot reuse already awaited coroutine Take()')
    }
  })

  both('runs as a task', function* ({ wait }) {
    expect(yield* wait(new Task(new Take()))).toBe('at once')
    expect(yield* wait(new Task(new Take(1)))).toBe('waited')
    expect(yield* wait(new Task(() => new Take()))).toBe('at once')
    expect(yield* wait(new Task(() => new Take(1)))).toBe('waited')
  })

  both('that is closed does not begin', function* ({ wait }) {
    Take.reset()
    const take = new Take()
    take.return('closed')
    let caught: unknown
    try {
      yield* wait(take)
    } catch (error) {
      caught = error
    }
    expect((caught as Error).message).toContain('cannot reuse a closed coroutine Take()')
    expect(Take.begun).toBe(0)
  })

  both('as a task that is cancelled before its first step does not begin', function* ({ wait }) {
    Take.reset()
    const task = new Task(() => new Take())
    task.cancel()
    yield* wait(sleep(0))
    yield* wait(sleep(0))
    expect([task.cancelled(), Take.begun]).toEqual([true, 0])
  })

  test('can be stepped by hand', () => {
    const take = new Take()
    expect(take.next()).toEqual({ done: true, value: 'at once' })
    expect(thrownBy(() => take.next())).toBeInstanceOf(RuntimeError)
  })

  test('never calls back inside then when it is chained by hand', async () => {
    const seen: string[] = []
    const chained = new Take().then((value) => seen.push(value))
    expect(seen).toEqual([])
    await chained
    expect(seen).toEqual(['at once'])
    expect(await new Take().finally(() => undefined)).toBe('at once')
  })

  test('rejects a chain made by hand, and does not throw into it, when it fails at the start or is reused', async () => {
    const caught: unknown[] = []
    await new Failing().catch((error) => caught.push((error as Error).message))
    await new Failing().then(null, (error) => caught.push((error as Error).message))
    await new Failing().finally(() => caught.push('finally')).catch(() => undefined)
    const take = new Take()
    await take
    await take.catch((error) => caught.push((error as Error).name))
    expect(caught).toEqual(['at the start', 'at the start', 'finally', 'RuntimeError'])
  })

  test('is named after its class', () => {
    expect(String(new Take())).toBe('<coroutine object Take>')
  })
})
