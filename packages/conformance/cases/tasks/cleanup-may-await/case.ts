import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const worker = co(function* (name: string, pause: number) {
    try {
      yield* asyncio.sleep(10)
    } finally {
      yield* asyncio.sleep(pause)
      trace(name, 'cleaned up')
    }
  })
  const parent = co(function* () {
    try {
      yield* worker('inner', 2)
    } finally {
      trace('parent unwinds')
      yield* asyncio.sleep(1)
      trace('parent has unwound')
    }
  })
  const task = asyncio.createTask(parent())
  yield* asyncio.sleep(1)
  task.cancel()
  trace(yield* asyncio.waitFor(asyncio.gather([task], { returnExceptions: true }), 10))
}
