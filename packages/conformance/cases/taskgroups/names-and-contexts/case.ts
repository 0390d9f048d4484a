import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const variable = new asyncio.ContextVar<unknown>('variable', { default: 'unset' })
  const context = asyncio.copyContext()

  const work = co(function* (value: number) {
    trace(asyncio.currentTask()!.getName(), variable.get())
    variable.set(value)
  })

  yield* asyncio.taskGroup(function* (tg) {
    tg.createTask(work(1), { name: 'one', context })
    tg.createTask(work(2), { name: 'two' })
  })
  trace(variable.get(), context.get(variable))
}
