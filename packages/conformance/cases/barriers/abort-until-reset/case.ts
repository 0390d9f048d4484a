import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const barrier = new asyncio.Barrier(2)
  const worker = co(function* (n: string) {
    try {
      trace(n, yield* barrier.wait())
    } catch (error) {
      trace(n, error)
    }
  })
  const task = asyncio.createTask(worker('waiting'))
  yield* asyncio.sleep(0)
  yield* barrier.abort()
  trace(barrier.broken)
  yield* task
  yield* worker('late')
  yield* barrier.reset()
  trace(barrier.broken)
  yield* asyncio.gather(worker('a'), worker('b'))
}
