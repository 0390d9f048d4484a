import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const fail = co(function* (name: string) {
    trace(name)
    throw new asyncio.ValueError(name)
  })
  const work = co(function* (name: string) {
    trace(name)
    yield* asyncio.sleep(1)
  })

  try {
    yield* asyncio.taskGroup(function* (tg) {
      const one = tg.createTask(fail('eager'), { eagerStart: true })
      trace('made', one.done())
      tg.createTask(fail('late'))
      tg.createTask(work('worker'))
      trace('body ends')
    })
  } catch (group) {
    trace(group)
  }

  const loop = asyncio.getRunningLoop()
  yield* asyncio.taskGroup(function* (tg) {
    loop.callSoon(trace, 'one turn')
    loop.callSoon(() => loop.callSoon(trace, 'two turns'))
    tg.createTask(asyncio.sleep(0), { eagerStart: true })
    const done = tg.createTask(nothing(), { eagerStart: true })
    trace('done', done.done())
  })
  trace('left')
}

const nothing = co(function* () {})
