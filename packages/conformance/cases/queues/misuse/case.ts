import { asyncio, trace } from '../../../src/case.ts'

export function* main() {
  const q = new asyncio.Queue<number | null>(1)
  for (const misuse of [() => q.taskDone(), () => q.getNowait()]) {
    try {
      misuse()
    } catch (error) {
      trace(error)
    }
  }
  yield* q.put(null)
  try {
    q.putNowait(1)
  } catch (error) {
    trace(error, q.qsize())
  }
  trace(yield* q.get())
  q.taskDone()
  try {
    q.taskDone()
  } catch (error) {
    trace(error)
  }
  q.shutdown()
  for (const closed of [() => q.getNowait(), () => q.putNowait(1)]) {
    try {
      closed()
    } catch (error) {
      trace(error)
    }
  }
  yield* q.join()
  trace('joined')
}
