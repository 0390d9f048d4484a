import { asyncio, trace } from '../../../src/case.ts'

export function* main() {
  const loop = asyncio.getRunningLoop()
  const future = new asyncio.Future<string>({ loop })
  future.setResult('future')
  const task = asyncio.createTask(asyncio.sleep(0, 'task'))
  const failed = loop.createFuture<void>()
  failed.setException(new asyncio.ValueError('failed'))
  yield* task
  loop.callSoon(trace, 'turn')
  trace(yield* future, yield* task, yield* future)
  try {
    yield* failed
  } catch (error) {
    trace(error)
  }
  yield* asyncio.sleep(0)
  trace('after a turn')
}
