import { asyncio, co, trace } from '../../../src/case.ts'
import type { Task } from '../../../src/case.ts'

export function* main() {
  const sleeper = co(function* () {
    yield* asyncio.sleep(10)
  })
  const waiter = co(function* (name: string, task: Task<void>) {
    try {
      yield* task
    } catch (error) {
      if (!asyncio.isCancelled(error)) throw error
      trace(name, error)
    }
  })

  let task = asyncio.createTask(sleeper())
  let waiters = ['first', 'second'].map((name) => asyncio.createTask(waiter(name, task)))
  yield* asyncio.sleep(1)
  task.cancel('why')
  yield* asyncio.wait(waiters)
  try {
    task.result()
  } catch (error) {
    if (!asyncio.isCancelled(error)) throw error
    trace('result', error)
  }

  const endsItself = co(function* () {
    asyncio.currentTask()!.cancel('itself')
  })
  task = asyncio.createTask(endsItself())
  waiters = ['first', 'second'].map((name) => asyncio.createTask(waiter(name, task)))
  yield* asyncio.wait(waiters)
}
