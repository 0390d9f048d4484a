import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const loop = asyncio.getRunningLoop()
  const who = (): string => asyncio.currentTask()!.getName()
  const inner = co(function* () {
    trace('inner begins', who())
    yield* asyncio.sleep(0)
    trace('inner ends', who())
  })
  const outer = co(function* () {
    trace('outer begins', who())
    const task = asyncio.createTask(inner(), { name: 'inner' })
    trace('outer goes on', who(), task.done())
    yield* task
    trace('outer ends', who())
  })
  loop.setTaskFactory(asyncio.eagerTaskFactory)
  const task = asyncio.createTask(outer(), { name: 'outer' })
  trace('back', who(), asyncio.allTasks().has(task))
  yield* task
  trace(asyncio.allTasks().has(task))
}
