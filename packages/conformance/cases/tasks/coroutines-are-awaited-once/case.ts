import { asyncio, trace } from '../../../src/case.ts'

export function* main() {
  const event = new asyncio.Event()
  event.set()
  const q = new asyncio.Queue<string>()
  q.putNowait('item')
  const lock = new asyncio.Lock()
  for (const make of [() => asyncio.sleep(0, 'slept'), () => event.wait(), () => q.get(), () => lock.acquire()]) {
    const coroutine = make()
    trace('first', Boolean(yield* coroutine))
    try {
      yield* coroutine
    } catch (error) {
      trace(error)
    }
  }
  trace(q.qsize())
}
