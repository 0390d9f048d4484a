import { asyncio, trace } from '../../../src/case.ts'

export function* main() {
  const loop = asyncio.getRunningLoop()
  const future = new asyncio.Future<number>({ loop })
  const first = (f: typeof future): void => {
    trace('first')
    f.addDoneCallback((g) => trace('added by first', g.result()))
    trace('added')
  }
  future.addDoneCallback(first as never)
  future.addDoneCallback(() => trace('second'))
  future.setResult(1)
  future.addDoneCallback(() => trace('added when done'))
  trace('nothing has run')
  yield* asyncio.sleep(0)
  trace('turn')
  yield* asyncio.sleep(0)
  trace('turn')
}
