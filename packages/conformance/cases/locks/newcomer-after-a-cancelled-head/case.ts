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
  yield* asyncio.sleep(0)
  a.cancel()
  lock.release()
  trace('locked', lock.locked())
  yield* lock.acquire()
  trace('main has it')
  yield* asyncio.sleep(0)
  trace('turn')
  lock.release()
  trace(yield* asyncio.gather([a], { returnExceptions: true }))
}
