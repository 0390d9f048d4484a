import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const work = co(function* (error: boolean) {
    yield* asyncio.sleep(1)
    if (error) throw new asyncio.ValueError('of a case')
    return 'result'
  })

  trace(yield* asyncio.shield(work(false)))
  try {
    yield* asyncio.shield(work(true))
  } catch (error) {
    if (!(error instanceof asyncio.ValueError)) throw error
    trace(error)
  }
  const loop = asyncio.getRunningLoop()
  const done = loop.createFuture<string>()
  done.setResult('done')
  trace((asyncio.shield(done) as unknown) === done)
  const pending = loop.createFuture<string>()
  trace((asyncio.shield(pending) as unknown) === pending)
}
