import { asyncio, trace } from '../../../src/case.ts'

export function* main() {
  const q = new asyncio.Queue<number>(1)
  try {
    q.getNowait()
  } catch (error) {
    trace(error)
  }
  q.putNowait(1)
  try {
    q.putNowait(2)
  } catch (error) {
    trace(error)
  }
  trace(q.full(), q.empty(), q.qsize(), q.maxsize)
}
