import { asyncio, trace } from '../../../src/case.ts'

export function* main() {
  const loop = asyncio.getRunningLoop()
  const other = asyncio.newEventLoop()
  const future = other.createFuture<void>()
  try {
    yield* future
  } catch (error) {
    trace(error)
  }
  try {
    asyncio.ensureFuture(future, { loop })
  } catch (error) {
    trace(error)
  }
  future.cancel()
  other.close()
}
