import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const future = asyncio.getRunningLoop().createFuture<string>()

  const waiter = co(function* () {
    try {
      trace(yield* asyncio.waitFor(future, 10))
    } catch (error) {
      trace(error)
      throw error
    }
  })

  const task = asyncio.createTask(waiter())
  yield* asyncio.sleep(1)
  future.setResult('result')
  trace(task.cancel('late'))
  yield* asyncio.wait([task])
  trace(task.cancelled(), future.result())
}
