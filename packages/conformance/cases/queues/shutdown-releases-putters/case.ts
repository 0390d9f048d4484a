import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const q = new asyncio.Queue<unknown>(1)
  q.putNowait('in')
  const putter = co(function* () {
    try {
      yield* q.put('out')
    } catch (error) {
      trace('putter', error)
    }
  })
  const task = asyncio.createTask(putter())
  yield* asyncio.sleep(0)
  q.shutdown()
  yield* task
  trace(yield* q.get())
  for (const attempt of [() => q.get(), () => q.put(1)]) {
    try {
      yield* attempt()
    } catch (error) {
      trace(error)
    }
  }
  for (const attempt of [() => q.getNowait(), () => q.putNowait(1)]) {
    try {
      attempt()
    } catch (error) {
      trace(error)
    }
  }
}
