import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const worker = co(function* () {
    trace('begins')
    try {
      yield* asyncio.sleep(1)
    } finally {
      trace('unwinds', asyncio.currentTask()!.cancelling())
    }
  })
  const task = asyncio.createTask(worker(), { eagerStart: true })
  const lazy = asyncio.createTask(worker(), { eagerStart: false })
  trace(task.cancel('why'), lazy.cancel())
  trace(yield* asyncio.gather([task, lazy], { returnExceptions: true }))
}
