import { describe, expect, test } from 'vitest'
import { CancelledError, currentTask, getRunningLoop, isCancelled, Task } from '../../src/index.ts'
import type { Coroutine } from '../../src/index.ts'
import { both, virtually } from '../../../../test-support/both.ts'
import { collectErrors, errorOf } from '../../../../test-support/errors.ts'
import { drive, ManualLoop } from '../../../../test-support/manual-loop.ts'
import { sleep } from '../../../../test-support/sleep.ts'
import { spellings } from '../../../../test-support/spellings.ts'
import type { Wait } from '../../../../test-support/spellings.ts'

describe('Task.cancel', () => {
  both('throws CancelledError at the await, runs finally, and ends the task cancelled', function* ({ wait, spell }) {
    const seen: string[] = []
    const task = new Task(
      spell(function* (wait) {
        try {
          yield* wait(sleep(10))
        } catch (error) {
          seen.push(isCancelled(error) ? 'cancelled' : 'other')
          throw error
        } finally {
          seen.push('finally')
        }
      }),
    )
    yield* wait(sleep(1))
    expect(task.cancel()).toBe(true)
    expect(task.done()).toBe(false)
    expect(yield* errorOf(wait, task)).toBeInstanceOf(CancelledError)
    expect(seen).toEqual(['cancelled', 'finally'])
    expect([task.cancelled(), task.done(), getRunningLoop().time()]).toEqual([true, true, 1])
  })

  both('never runs the body when it comes before the first step', function* ({ wait, spell }) {
    let ran = false
    const task = new Task(
      spell(function* () {
        ran = true
      }),
    )
    expect(task.cancel('too soon')).toBe(true)
    const error = yield* errorOf(wait, task)
    expect([ran, task.cancelled(), error!.message]).toEqual([false, true, 'too soon'])
  })

  both('carries a message and a reason to the await, and to whoever waits for the task', function* ({ wait, spell }) {
    const reason = { because: 'shutdown' }
    let inside: Error & { cause?: unknown } = new Error()
    const task = new Task(
      spell(function* (wait) {
        try {
          yield* wait(sleep(10))
        } catch (error) {
          inside = error as Error
          throw error
        }
      }),
    )
    yield* wait(sleep(1))
    task.cancel('stop', { reason })
    const outside = (yield* errorOf(wait, task))!
    expect([inside.message, inside.cause]).toEqual(['stop', reason])
    expect([outside.message, outside.cause]).toEqual(['stop', reason])
    const later = (yield* errorOf(wait, task))!
    expect([later.message, later.cause]).toEqual(['stop', reason])
  })

  both('carries message and reason through a chain of tasks', function* ({ wait, spell }) {
    const reason = new Error('why')
    const child = new Task(
      spell(function* (wait) {
        yield* wait(sleep(10))
      }),
    )
    const parent = new Task(
      spell(function* (wait) {
        yield* wait(child)
      }),
    )
    yield* wait(sleep(1))
    parent.cancel('down', { reason })
    const error = (yield* errorOf(wait, parent))!
    expect([error.message, error.cause]).toEqual(['down', reason])
    expect([child.cancelled(), child.cancelling(), parent.cancelling()]).toEqual([true, 1, 1])
  })

  both('in the first step keeps its message and reason until the first wait', function* ({ wait, spell }) {
    const reason = { code: 7 }
    const seen: unknown[] = []
    const task = new Task(
      spell(function* (wait) {
        currentTask()!.cancel('early', { reason })
        seen.push('went on')
        try {
          yield* wait(sleep(1))
        } catch (error) {
          seen.push((error as Error).message, (error as Error).cause)
          throw error
        }
      }),
    )
    yield* errorOf(wait, task)
    expect(seen).toEqual(['went on', 'early', reason])
    expect(task.cancelled()).toBe(true)
  })

  both('of itself, and a return without another await, loses the value', function* ({ wait, spell }) {
    const task = new Task(
      spell(function* () {
        currentTask()!.cancel('lost')
        return 5
      }),
    )
    expect((yield* errorOf(wait, task))!.message).toBe('lost')
    expect(task.cancelled()).toBe(true)
  })

  both('of itself, and an error thrown without another await, keeps the error', function* ({ wait, spell }) {
    const task = new Task(
      spell(function* () {
        currentTask()!.cancel()
        throw new RangeError('kept')
      }),
    )
    expect((yield* errorOf(wait, task))!.message).toBe('kept')
    expect([task.cancelled(), task.cancelling()]).toEqual([false, 1])
  })

  both('can be swallowed: the task is not cancelled, the count stays', function* ({ wait, spell }) {
    const task = new Task(
      spell(function* (wait) {
        try {
          yield* wait(sleep(10))
        } catch {
          return 'swallowed'
        }
        return 'slept'
      }),
    )
    yield* wait(sleep(1))
    task.cancel()
    expect(yield* wait(task)).toBe('swallowed')
    expect([task.cancelled(), task.cancelling()]).toEqual([false, 1])
  })

  both('is delivered once: awaits after it was swallowed wait', function* ({ wait, spell }) {
    const task = new Task(
      spell(function* (wait) {
        try {
          yield* wait(sleep(10))
        } catch {
          yield* wait(sleep(2))
          yield* wait(sleep(0))
        }
        return getRunningLoop().time()
      }),
    )
    yield* wait(sleep(1))
    task.cancel()
    expect(yield* wait(task)).toBe(3)
  })

  both('is delivered each time: a second one interrupts cleaning up', function* ({ wait, spell }) {
    const seen: string[] = []
    const task = new Task(
      spell(function* (wait) {
        try {
          yield* wait(sleep(10))
        } finally {
          try {
            yield* wait(sleep(10))
          } catch (error) {
            seen.push((error as Error).message)
            throw error
          }
        }
      }),
    )
    yield* wait(sleep(1))
    task.cancel('first')
    yield* wait(sleep(1))
    task.cancel('second')
    expect((yield* errorOf(wait, task))!.message).toBe('second')
    expect([seen, task.cancelling(), getRunningLoop().time()]).toEqual([['second'], 2, 2])
  })

  both('between the wake and the step wins over the result', function* ({ wait, spell, loop }) {
    const future = loop.createFuture<number>()
    const seen: unknown[] = []
    const task = new Task(
      spell(function* (wait) {
        try {
          seen.push(yield* wait(future))
        } catch (error) {
          seen.push((error as Error).message, future.cancelled())
        }
      }),
    )
    yield* wait(sleep(1))
    future.setResult(1)
    expect(task.cancel('late')).toBe(true)
    yield* wait(task)
    expect(seen).toEqual(['late', false])
    expect(future.result()).toBe(1)
  })

  both('between the wake and the step wins over the error', function* ({ wait, spell, loop }) {
    const errors = collectErrors(loop)
    const future = loop.createFuture<number>()
    const task = new Task(
      spell(function* (wait) {
        yield* wait(future)
      }),
    )
    yield* wait(sleep(1))
    future.setException(new Error('beaten'))
    task.cancel('late')
    expect((yield* errorOf(wait, task))!.message).toBe('late')
    expect(errors).toEqual([])
  })

  both(
    'between the wake and the step leaves the message of a future that was cancelled',
    function* ({ wait, spell, loop }) {
      const future = loop.createFuture<number>()
      const task = new Task(
        spell(function* (wait) {
          yield* wait(future)
        }),
      )
      yield* wait(sleep(1))
      future.cancel('of the future')
      task.cancel('of the task')
      expect((yield* errorOf(wait, task))!.message).toBe('of the future')
    },
  )

  both('of the future a task waits for cancels the task, with no request counted', function* ({ wait, spell, loop }) {
    const future = loop.createFuture<number>()
    const task = new Task(
      spell(function* (wait) {
        yield* wait(future)
      }),
    )
    yield* wait(sleep(1))
    future.cancel('below')
    expect((yield* errorOf(wait, task))!.message).toBe('below')
    expect([task.cancelled(), task.cancelling()]).toEqual([true, 0])
  })

  both('of a task that is done is refused and counts nothing', function* ({ wait, spell }) {
    const task = new Task(
      spell(function* () {
        return 1
      }),
    )
    yield* wait(task)
    expect([task.cancel(), task.cancelling(), task.result()]).toEqual([false, 0, 1])
  })

  both('twice in one turn is one CancelledError, with the message of the first', function* ({ wait, spell }) {
    const seen: string[] = []
    const task = new Task(
      spell(function* (wait) {
        for (let i = 0; i < 2; i++) {
          try {
            yield* wait(sleep(10))
          } catch (error) {
            seen.push((error as Error).message)
          }
        }
        return getRunningLoop().time()
      }),
    )
    yield* wait(sleep(1))
    expect([task.cancel('a'), task.cancel('b')]).toEqual([true, true])
    expect(yield* wait(task)).toBe(11)
    expect([seen, task.cancelling()]).toEqual([['a'], 2])
  })

  both('at a bare turn is thrown at that await', function* ({ wait, spell }) {
    const seen: string[] = []
    const task = new Task(
      spell(function* (wait) {
        try {
          for (;;) yield* wait(sleep(0))
        } catch (error) {
          seen.push((error as Error).message)
          throw error
        }
      }),
    )
    yield* wait(sleep(0))
    yield* wait(sleep(0))
    task.cancel('spinning')
    yield* errorOf(wait, task)
    expect([seen, task.cancelled()]).toEqual([['spinning'], true])
  })

  both('marks a task that throws a CancelledError of its own, with no request', function* ({ wait, spell }) {
    const task = new Task(
      spell(function* () {
        throw new CancelledError('mine')
      }),
    )
    expect((yield* errorOf(wait, task))!.message).toBe('mine')
    expect([task.cancelled(), task.cancelling()]).toEqual([true, 0])
  })

  both('runs what a coroutine awaits in finally to the end', function* ({ wait, spell }) {
    const seen: number[] = []
    const task = new Task(
      spell(function* (wait) {
        try {
          yield* wait(sleep(10))
        } finally {
          yield* wait(sleep(2))
          seen.push(getRunningLoop().time())
        }
      }),
    )
    yield* wait(sleep(1))
    task.cancel()
    yield* errorOf(wait, task)
    expect([seen, task.cancelled()]).toEqual([[3], true])
  })

  both('lets an error of a finally block replace it', function* ({ wait, spell }) {
    const task = new Task(
      spell(function* (wait) {
        try {
          yield* wait(sleep(10))
        } finally {
          throw new RangeError('while cleaning up')
        }
      }),
    )
    yield* wait(sleep(1))
    task.cancel()
    expect((yield* errorOf(wait, task))!.message).toBe('while cleaning up')
    expect(task.cancelled()).toBe(false)
  })

  both('reaches the innermost of nested coroutines, through every finally', function* ({ wait, spell }) {
    const seen: string[] = []
    const nest = spell(function* (wait: Wait, depth: number): Generator<never, void, unknown> {
      try {
        if (depth === 0) yield* wait(sleep(10))
        else yield* wait(nest(depth - 1) as never)
      } finally {
        seen.push(`finally ${depth}`)
      }
    })
    const task = new Task(() => nest(3) as Coroutine<void>)
    yield* wait(sleep(1))
    task.cancel()
    yield* errorOf(wait, task)
    expect(seen).toEqual(['finally 0', 'finally 1', 'finally 2', 'finally 3'])
  })

  virtually('is not a call of return(): a generator that never catches is unwound by the error', function* () {
    const seen: string[] = []
    const task = new Task(function* () {
      try {
        yield* sleep(10)
        seen.push('not reached')
      } finally {
        seen.push('finally')
      }
    })
    yield* sleep(1)
    task.cancel()
    yield* sleep(0)
    yield* sleep(0)
    expect([seen, task.cancelled()]).toEqual([['finally'], true])
  })
})

describe('cancel in depth', () => {
  test.each(spellings)('a chain of 1,000 tasks is cancelled from its head [%s]', async (_name, spell) => {
    const loop = new ManualLoop()
    let below: Task<void> = loop.createTask(
      spell(function* (wait) {
        yield* wait(sleep(10))
      }) as () => Promise<void>,
    )
    const tasks = [below]
    for (let i = 0; i < 1000; i++) {
      const next = below
      below = loop.createTask(
        spell(function* (wait) {
          yield* wait(next)
        }) as () => Promise<void>,
      )
      tasks.push(below)
    }
    await drive(loop, () => loop.nextTimeout() !== 0)
    below.cancel()
    await drive(loop, () => tasks.every((task) => task.done()))
    expect(tasks.every((task) => task.cancelled())).toBe(true)
  })
})
