import { expect, test } from 'vitest'
import * as tasks from '../src/index.ts'

test('tasks exports these names, and no others', () => {
  expect(Object.keys(tasks).sort()).toMatchInlineSnapshot(`
    [
      "ALL_COMPLETED",
      "FIRST_COMPLETED",
      "FIRST_EXCEPTION",
      "TaskGroup",
      "Timeout",
      "allTasks",
      "asCompleted",
      "createEagerTaskFactory",
      "createTask",
      "currentTask",
      "eagerTaskFactory",
      "ensureFuture",
      "gather",
      "mapConcurrent",
      "shield",
      "sleep",
      "taskGroup",
      "timeout",
      "timeoutAt",
      "wait",
      "waitFor",
      "wrapFuture",
    ]
  `)
})
