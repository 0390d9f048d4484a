import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const worker = co(function* () {
    try {
      yield* asyncio.sleep(10)
    } finally {
      trace('worker out')
    }
  })
  try {
    yield* asyncio.taskGroup(function* (tg) {
      tg.createTask(worker())
      yield* asyncio.sleep(1)
      throw new asyncio.ValueError('body')
    })
  } catch (group) {
    trace(group)
  }
}
