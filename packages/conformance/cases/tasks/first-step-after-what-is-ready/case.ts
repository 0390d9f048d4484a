import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const loop = asyncio.getRunningLoop()
  loop.callSoon(trace, 'soon')
  const worker = co(function* (n: number) {
    trace('worker', n)
  })
  const a = asyncio.createTask(worker(1))
  loop.callSoon(trace, 'later')
  const b = asyncio.createTask(worker(2))
  trace('main')
  yield* asyncio.gather(a, b)
}
