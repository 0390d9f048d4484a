import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const loop = asyncio.getRunningLoop()
  const child = co(function* () {
    loop.callSoon(trace, 'queued by child')
    return 'result'
  })
  trace(yield* asyncio.createTask(child()))
  const done = co(function* () {
    return 1
  })
  const task = asyncio.createTask(done())
  yield* asyncio.sleep(0)
  loop.callSoon(trace, 'not before')
  trace(yield* task)
}
