import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const work = co(function* (name: string) {
    try {
      yield* asyncio.sleep(2)
      trace(name, 'ends')
    } catch (error) {
      if (asyncio.isCancelled(error)) trace(name, 'cancelled')
      throw error
    }
  })

  const outer = asyncio.shield(asyncio.gather(work('a'), work('b')))
  yield* asyncio.sleep(1)
  outer.cancel()
  try {
    yield* outer
  } catch (error) {
    if (!asyncio.isCancelled(error)) throw error
    trace(error)
  }
  yield* asyncio.sleep(5)

  const gathering = asyncio.gather(work('c'), asyncio.shield(work('d')))
  yield* asyncio.sleep(1)
  gathering.cancel()
  try {
    yield* gathering
  } catch (error) {
    if (!asyncio.isCancelled(error)) throw error
    trace(error)
  }
  yield* asyncio.sleep(5)
}
