import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const event = new asyncio.Event()
  event.set()
  const other = co(function* () {
    trace('other')
  })
  const task = asyncio.createTask(other())
  trace(yield* event.wait())
  trace('still here')
  yield* task
}
