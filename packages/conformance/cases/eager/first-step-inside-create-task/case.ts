import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const loop = asyncio.getRunningLoop()
  const quick = co(function* () {
    trace('quick', asyncio.currentTask()!.getName())
    return 1
  })
  const slow = co(function* () {
    trace('slow begins')
    yield* asyncio.sleep(1)
    trace('slow ends', asyncio.currentTask()!.getName())
    return 2
  })
  loop.setTaskFactory(asyncio.eagerTaskFactory)
  const a = loop.createTask(quick(), { name: 'a' })
  trace(a.done(), asyncio.currentTask()!.getName())
  const b = loop.createTask(slow(), { name: 'b' })
  trace(b.done())
  a.addDoneCallback(() => trace('callback'))
  trace('no callback yet')
  trace(yield* asyncio.gather(a, b))
}
