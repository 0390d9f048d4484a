import { asyncio, co, trace } from '../../../src/case.ts'
import type { LoopFactory } from '../../../src/case.ts'

export async function program(loopFactory: LoopFactory) {
  const lock = new asyncio.Lock()
  const event = new asyncio.Event()
  const semaphore = new asyncio.Semaphore(1)
  const queue = new asyncio.Queue<number>(1)
  const contend = co(function* () {
    yield* lock.acquire()
    yield* semaphore.acquire()
    yield* queue.put(1)
    for (const wait of [() => lock.acquire(), () => event.wait(), () => semaphore.acquire(), () => queue.put(2)]) {
      try {
        yield* asyncio.waitFor<unknown>(wait(), 1)
      } catch (error) {
        trace(error)
      }
    }
  })
  const elsewhere = co(function* () {
    trace(queue.getNowait())
    lock.release()
    yield* lock.acquire()
    trace(lock.locked())
  })
  await asyncio.run(contend(), { loopFactory })
  lock.release()
  semaphore.release()
  trace(queue.getNowait())
  await asyncio.run(contend(), { loopFactory })
  await asyncio.run(elsewhere(), { loopFactory })
}
