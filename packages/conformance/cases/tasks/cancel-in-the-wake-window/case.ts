import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const future = asyncio.getRunningLoop().createFuture()
  const worker = co(function* () {
    try {
      trace('got', yield* future)
    } catch (error) {
      trace('cancelled', error, future.done(), future.cancelled())
    }
  })
  const task = asyncio.createTask(worker())
  yield* asyncio.sleep(0)
  future.setResult(1)
  trace(task.cancel('late'))
  yield* task
}
