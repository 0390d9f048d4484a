import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const variable = new asyncio.ContextVar('var', { default: 'default' })
  const sets = co(function* (value: string) {
    variable.set(value)
    yield* asyncio.sleep(1)
    return variable.get()
  })
  trace(yield* sets('awaited'), variable.get())
  trace(yield* asyncio.createTask(sets('task')), variable.get())
  trace(yield* asyncio.gather(sets('a'), sets('b')), variable.get())
  trace(yield* asyncio.waitFor(sets('wait_for'), 10), variable.get())
  yield* asyncio.timeout(10, function* () {
    yield* sets('timeout')
  })
  trace(variable.get())
  yield* asyncio.taskGroup(function* (tg) {
    tg.createTask(sets('group'))
    variable.set('body')
  })
  trace(variable.get())
}
