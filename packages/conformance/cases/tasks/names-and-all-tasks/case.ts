import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const loop = asyncio.getRunningLoop()
  const who = co(function* () {
    trace(asyncio.currentTask()!.getName())
    yield* asyncio.sleep(1)
  })
  const names = (): string[] => [...asyncio.allTasks()].map((task) => task.getName()).sort()
  const a = asyncio.createTask(who(), { name: 'a' })
  const b = loop.createTask(who(), { name: 'b' })
  b.setName('renamed')
  trace(a.getName(), b.getName(), asyncio.currentTask()!.getName())
  trace(names())
  yield* asyncio.sleep(0)
  a.cancel()
  trace(names())
  yield* asyncio.sleep(0.5)
  trace(names())
  yield* b
  trace(names())
}
