import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const loop = asyncio.getRunningLoop()
  const variable = new asyncio.ContextVar('var', { default: 'default' })
  trace(variable.get())
  const token = variable.set('main')
  const worker = co(function* (name: string) {
    trace(name, variable.get())
    variable.set(name)
    yield* asyncio.sleep(1)
    trace(name, variable.get())
  })
  const tasks = ['a', 'b'].map((n) => asyncio.createTask(worker(n)))
  variable.set('changed')
  yield* asyncio.gather(tasks)
  trace(variable.get())
  variable.reset(token)
  trace(variable.get())
  loop.callSoon(() => trace('callback', variable.get()))
  variable.set('after')
  yield* asyncio.sleep(0)
}
