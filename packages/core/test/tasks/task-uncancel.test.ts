import { describe, expect, test } from 'vitest'
import { currentTask, Task } from '../../src/index.ts'
import { both } from '../../../../test-support/both.ts'
import { errorOf } from '../../../../test-support/errors.ts'
import { ManualLoop } from '../../../../test-support/manual-loop.ts'
import { sleep } from '../../../../test-support/sleep.ts'

describe('Task.uncancel', () => {
  test('counts down to zero and no further', () => {
    const task = new ManualLoop().createTask(function* () {})
    expect([task.uncancel(), task.cancelling()]).toEqual([0, 0])
    task.cancel()
    task.cancel()
    expect([task.cancelling(), task.uncancel(), task.uncancel(), task.uncancel()]).toEqual([2, 1, 0, 0])
  })

  both('at zero drops a cancel that no await has delivered', function* ({ wait, spell }) {
    const task = new Task(
      spell(function* (wait) {
        currentTask()!.cancel()
        currentTask()!.uncancel()
        yield* wait(sleep(1))
        return 'undisturbed'
      }),
    )
    expect(yield* wait(task)).toBe('undisturbed')
    expect([task.cancelled(), task.cancelling()]).toEqual([false, 0])
  })

  both('above zero drops nothing', function* ({ wait, spell }) {
    const task = new Task(
      spell(function* (wait) {
        currentTask()!.cancel('one')
        currentTask()!.cancel('two')
        currentTask()!.uncancel()
        yield* wait(sleep(1))
      }),
    )
    expect((yield* errorOf(wait, task))!.message).toBe('two')
    expect(task.cancelling()).toBe(1)
  })

  both('before the first step lets the body run', function* ({ wait, spell }) {
    const task = new Task(
      spell(function* () {
        return 'ran'
      }),
    )
    task.cancel()
    expect(task.uncancel()).toBe(0)
    expect(yield* wait(task)).toBe('ran')
  })

  both('does not call back a cancel that has reached the future', function* ({ wait, spell }) {
    const task = new Task(
      spell(function* (wait) {
        yield* wait(sleep(10))
      }),
    )
    yield* wait(sleep(1))
    task.cancel()
    expect(task.uncancel()).toBe(0)
    yield* errorOf(wait, task)
    expect([task.cancelled(), task.cancelling()]).toEqual([true, 0])
  })

  both('and cancel again: the second cancel is delivered', function* ({ wait, spell }) {
    const seen: string[] = []
    const task = new Task(
      spell(function* (wait) {
        for (const _ of [1, 2]) {
          try {
            yield* wait(sleep(10))
          } catch (error) {
            seen.push((error as Error).message)
            currentTask()!.uncancel()
          }
        }
        return currentTask()!.cancelling()
      }),
    )
    yield* wait(sleep(1))
    task.cancel('first')
    yield* wait(sleep(1))
    task.cancel('second')
    expect(yield* wait(task)).toBe(0)
    expect(seen).toEqual(['first', 'second'])
  })
})
