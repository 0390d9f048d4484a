import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const q = new asyncio.Queue<string | number>(1)
  q.putNowait('lost')
  const attempt = co(function* (name: string, operation: ReturnType<typeof q.put | typeof q.get>) {
    try {
      trace(name, yield* operation)
    } catch (error) {
      trace(name, error)
    }
  })
  const tasks = [
    asyncio.createTask(attempt('put 1', q.put(1))),
    asyncio.createTask(attempt('put 2', q.put(2))),
    asyncio.createTask(attempt('join', q.join())),
  ]
  yield* asyncio.sleep(1)
  q.shutdown(true)
  trace(q.qsize(), q.empty(), q.full())
  yield* asyncio.gather(tasks)
  yield* attempt('get', q.get())
  try {
    q.taskDone()
  } catch (error) {
    trace(error)
  }
}
