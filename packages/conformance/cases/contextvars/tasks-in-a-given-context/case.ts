import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const variable = new asyncio.ContextVar('var', { default: 'default' })
  const worker = co(function* (name: string) {
    trace(name, variable.get())
    variable.set(name)
    yield* asyncio.sleep(1)
    trace(name, variable.get())
  })
  const context = asyncio.copyContext()
  const tasks = ['a', 'b'].map((n) => asyncio.createTask(worker(n), { context }))
  trace(tasks[0]!.getContext() === context)
  yield* asyncio.gather(tasks)
  trace(variable.get(), context.get(variable))
  yield* asyncio.taskGroup(function* (tg) {
    tg.createTask(worker('group'), { context })
  })
  trace(variable.get(), context.get(variable))
}
