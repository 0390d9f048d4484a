import { describe, expect, test } from 'vitest'
import { currentTask, RuntimeError, Task } from '../../src/index.ts'
import type { Coroutine } from '../../src/index.ts'
import { virtually } from '../../../../test-support/both.ts'
import { drive, ManualLoop, settle } from '../../../../test-support/manual-loop.ts'
import { sleep } from '../../../../test-support/sleep.ts'

/** What a bad await ends with, and that it came in a later turn than the await itself. */
function badAwait(title: string, body: (loop: ManualLoop) => Coroutine<unknown>, expected: RegExp): void {
  virtually(`is answered with RuntimeError in the next turn: ${title}`, function* (loop) {
    const seen: string[] = []
    const task = new Task(function* () {
      try {
        yield* body(loop)
      } catch (error) {
        seen.push('caught')
        expect(error).toBeInstanceOf(RuntimeError)
        expect((error as Error).message).toMatch(expected)
        return 'went on'
      }
      return 'no error'
    })
    loop.callSoon(() => seen.push('queued behind the task'))
    expect(yield* task).toBe('went on')
    expect(seen).toEqual(['queued behind the task', 'caught'])
  })
}

describe('a bad await', () => {
  badAwait(
    'the task itself',
    function* () {
      yield* currentTask()!
    },
    /cannot await on itself/,
  )
  badAwait(
    'a future of another loop',
    function* () {
      yield* new ManualLoop().createFuture()
    },
    /different loop/,
  )
  badAwait(
    'yield of a future',
    function* (loop) {
      yield loop.createFuture()
    },
    /yield was used instead of yield\*/,
  )
  badAwait(
    'yield of a coroutine',
    function* () {
      yield sleep(1)
    },
    /yield was used instead of yield\*/,
  )
  badAwait(
    'yield of a generator',
    function* () {
      yield (function* () {})() as never
    },
    /yield was used instead of yield\*/,
  )
  badAwait(
    'yield of a promise',
    function* () {
      yield Promise.resolve(1) as never
    },
    /wrapFuture\(promise\)/,
  )
  badAwait(
    'yield of a number',
    function* () {
      yield 42 as never
    },
    /bad yield: 42/,
  )
  badAwait(
    'yield of an object',
    function* () {
      yield {} as never
    },
    /bad yield/,
  )
  badAwait(
    'yield of false',
    function* () {
      yield false as never
    },
    /bad yield/,
  )

  virtually('does not spoil the future for others', function* (loop) {
    const future = loop.createFuture<number>()
    const bad = new Task(function* () {
      yield future
    })
    const other = new ManualLoop()
    const foreign = other.createFuture<number>()
    const alien = new Task(function* () {
      yield* foreign
    })
    const good = new Task(function* () {
      return yield* future
    })
    yield* sleep(0)
    yield* sleep(0)
    expect([bad.exception(), alien.exception()].every((error) => error instanceof RuntimeError)).toBe(true)
    future.setResult(3)
    foreign.setResult(4)
    expect(yield* good).toBe(3)
    expect(foreign._waiters).toBe(null)
  })

  test('rejects an async function that awaits its own task', async () => {
    const loop = new ManualLoop()
    const task: Task<unknown> = loop.createTask(async () => {
      await task
    })
    await drive(loop, () => task.done())
    expect(task.exception()).toBeInstanceOf(RuntimeError)
    expect((task.exception() as Error).message).toContain('cannot await on itself')
  })

  test('rejects an async function that awaits a future of another loop', async () => {
    const loop = new ManualLoop()
    const foreign = new ManualLoop().createFuture<number>()
    const task = loop.createTask(async () => {
      await foreign
    })
    for (let i = 0; i < 5 && !task.done(); i++) {
      loop.turn()
      await settle()
    }
    expect(task.done()).toBe(true)
    expect(task.exception()).toBeInstanceOf(RuntimeError)
    expect((task.exception() as Error).message).toContain('different loop')
  })
})
