import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const inner = co(function* () {
    try {
      yield* asyncio.sleep(10)
    } finally {
      trace('inner')
    }
  })
  const outer = co(function* () {
    try {
      yield* asyncio.createTask(inner(), { name: 'inner' })
    } finally {
      trace('outer')
    }
  })
  const task = asyncio.createTask(outer())
  yield* asyncio.sleep(1)
  task.cancel('message')
  trace(yield* asyncio.gather([task], { returnExceptions: true }))
}
