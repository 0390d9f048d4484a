import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const lock = new asyncio.Lock()
  yield* lock.acquire()
  const worker = co(function* (name: string) {
    try {
      using _ = yield* lock.acquire()
      trace(name, 'has it')
    } catch (error) {
      trace(name, 'cancelled')
      throw error
    }
  })
  const a = asyncio.createTask(worker('a'))
  const b = asyncio.createTask(worker('b'))
  yield* asyncio.sleep(0)
  lock.release()
  a.cancel()
  yield* asyncio.sleep(0)
  trace('turn')
  yield* b
  trace(lock.locked(), a.cancelled())
}
