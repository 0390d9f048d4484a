import { asyncio, trace } from '../../../src/case.ts'

export function* main() {
  const loop = asyncio.getRunningLoop()
  const future = new asyncio.Future<string>({ loop })
  loop.callLater(1, () => future.setResult('result'))
  try {
    trace(yield* asyncio.waitFor(future, 1))
  } catch (error) {
    trace(error, future.done() && !future.cancelled() && future.result())
  }
  const task = asyncio.createTask(asyncio.sleep(1, 'slept'))
  yield* asyncio.sleep(0)
  try {
    trace(yield* asyncio.waitFor(task, 1))
  } catch (error) {
    trace(error, task.cancelled())
  }
  trace(yield* asyncio.waitFor(asyncio.sleep(1, 'in time'), 1.5))
  trace(yield* asyncio.waitFor(asyncio.sleep(1, 'no limit'), null))
}
