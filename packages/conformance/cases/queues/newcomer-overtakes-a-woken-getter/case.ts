import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const q = new asyncio.Queue<string>()
  const getter = co(function* (n: string) {
    trace(n, yield* q.get())
  })
  const task = asyncio.createTask(getter('waited'))
  yield* asyncio.sleep(0)
  q.putNowait('item')
  trace('main', yield* q.get())
  yield* asyncio.sleep(1)
  q.putNowait('next')
  yield* task
}
