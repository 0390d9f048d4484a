import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const cond = new asyncio.Condition()
  const state = ['good']
  const predicate = (): string | false => {
    if (state[0] === 'bad') throw new asyncio.ValueError('bad state')
    return state[0] === 'done' && state[0]
  }
  const waiter = co(function* (n: string) {
    using _ = yield* cond.acquire()
    try {
      trace(n, yield* cond.waitFor(predicate))
    } catch (error) {
      trace(n, error, cond.locked())
    }
  })
  const a = asyncio.createTask(waiter('a'))
  const b = asyncio.createTask(waiter('b'))
  yield* asyncio.sleep(0)
  {
    using _ = yield* cond.acquire()
    state[0] = 'bad'
    cond.notify()
  }
  yield* asyncio.sleep(0)
  yield* asyncio.sleep(0)
  {
    using _ = yield* cond.acquire()
    state[0] = 'done'
    cond.notifyAll()
  }
  yield* asyncio.gather(a, b)
}
