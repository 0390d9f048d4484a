import { asyncio, trace } from '../../../src/case.ts'

export function* main() {
  const loop = asyncio.getRunningLoop()
  const q = new asyncio.Queue<string>()
  loop.callLater(1, () => q.putNowait('item'))
  try {
    yield* asyncio.waitFor(q.get(), 1)
  } catch (error) {
    trace(error, q.qsize())
  }
  trace(yield* asyncio.waitFor(q.get(), 1))
  const full = new asyncio.Queue<string>(1)
  full.putNowait('old')
  loop.callLater(1, () => full.getNowait())
  try {
    yield* asyncio.timeout(1, function* () {
      yield* full.put('new')
    })
  } catch (error) {
    trace(error, full.qsize())
  }
  yield* full.put('other')
  trace(full.getNowait())
}
