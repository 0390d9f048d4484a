import { asyncio, trace } from '../../../src/case.ts'

export function* main() {
  const task = asyncio.createTask(asyncio.sleep(1, 'result'))
  try {
    task.setResult()
  } catch (error) {
    trace(error)
  }
  try {
    task.setException()
  } catch (error) {
    trace(error)
  }
  trace(yield* task)
}
