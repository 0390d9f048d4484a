import { asyncio, trace } from '../../../src/case.ts'

export function* main() {
  const tg = new asyncio.TaskGroup()
  tg.enter()
  tg.createTask(asyncio.sleep(1))
  try {
    tg.enter()
  } catch (error) {
    trace(error)
  }
  try {
    tg.createTask(1 as never)
  } catch (error) {
    trace(error)
  }
  yield* asyncio.sleep(2)
  yield* tg.exit()
  try {
    tg.enter()
    trace('never')
  } catch (error) {
    trace(error)
  }
}
