import { asyncio, co, trace } from '../../../src/case.ts'

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString()

export function* main() {
  const reader = new asyncio.StreamReader({ loop: asyncio.getRunningLoop() })

  const read = co(function* (name: string) {
    try {
      trace(name, text(yield* reader.read(10)))
    } catch (error) {
      if (!asyncio.isCancelled(error) && !(error instanceof asyncio.RuntimeError)) throw error
      trace(name, error)
    }
  })

  const first = asyncio.createTask(read('first'))
  const second = asyncio.createTask(read('second'))
  yield* asyncio.sleep(1)
  first.cancel()
  reader.feedData('data')
  yield* asyncio.wait([first, second])
  yield* read('third')
}
