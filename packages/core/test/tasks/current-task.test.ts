import { describe, expect, test } from 'vitest'
import { allTasks, currentTask, getRunningLoop, Task } from '../../src/index.ts'
import { setRunningLoop } from '../../src/primitives.ts'
import { both } from '../../../../test-support/both.ts'
import { drive, ManualLoop, settle } from '../../../../test-support/manual-loop.ts'
import { sleep } from '../../../../test-support/sleep.ts'
import { spellings } from '../../../../test-support/spellings.ts'

describe('allTasks and currentTask', () => {
  for (const [name, spell] of spellings) {
    test(`allTasks holds the tasks that are not done [${name}]`, async () => {
      const loop = new ManualLoop()
      setRunningLoop(loop)
      try {
        const body = spell(function* (wait) {
          yield* wait(sleep(9))
        })
        const tasks = [1, 2, 3].map((n) => loop.createTask(() => body(), { name: `task ${n}` }))
        expect([...allTasks(loop)].map(nameOf)).toEqual(['task 1', 'task 2', 'task 3'])
        loop.turn()
        await settle()
        tasks[1]!.cancel()
        loop.turn()
        await settle()
        expect([...allTasks()].map(nameOf)).toEqual(['task 1', 'task 3'])
        await drive(loop, () => tasks.every((task) => task.done()))
        expect(allTasks(loop).size).toBe(0)
      } finally {
        setRunningLoop(null)
      }
    })
  }

  test('allTasks lists them in the order they were made', () => {
    const loop = new ManualLoop()
    const tasks = [1, 2, 3].map((n) => loop.createTask(function* () {}, { name: String(n) }))
    expect([...allTasks(loop)].map((task) => task.getName())).toEqual(['1', '2', '3'])
    for (const task of tasks) task.cancel()
    loop.turn()
  })

  test('currentTask is null outside of every task', async () => {
    expect(currentTask()).toBe(null)
    await settle()
    expect(currentTask()).toBe(null)
    const loop = new ManualLoop()
    let inCallback: unknown = 'unset'
    loop.callSoon(() => (inCallback = currentTask()))
    loop.turn()
    expect(inCallback).toBe(null)
  })

  both('currentTask is the task, between all of its awaits', function* ({ wait, spell }) {
    const main = currentTask()
    expect(main).not.toBe(null)
    const inside = spell(function* (wait) {
      const seen = [currentTask()]
      yield* wait(sleep(0))
      seen.push(currentTask())
      yield* wait(sleep(1))
      seen.push(currentTask())
      return seen
    })
    const task = new Task(() => inside())
    const seen = yield* wait(task)
    expect(seen.map((each) => each === (task as Task))).toEqual([true, true, true])
    expect(currentTask()).toBe(main)
  })

  both('currentTask answers for the loop it is asked about', function* () {
    expect(currentTask(getRunningLoop())).toBe(currentTask())
    expect(currentTask(new ManualLoop())).toBe(null)
  })
})

function nameOf(task: Task): string {
  return task.getName()
}
