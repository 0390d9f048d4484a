import { asyncio, co, trace } from '../../../src/case.ts'

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString()

export function* main() {
  const reader = new asyncio.StreamReader({ loop: asyncio.getRunningLoop() })

  const read = co(function* (name: string) {
    try {
      trace(name, text(yield* reader.readexactly(4)))
    } catch (error) {
      if (!(error instanceof asyncio.ValueError)) throw error
      trace(name, error)
    }
  })

  const task = asyncio.createTask(read('waiting'))
  yield* asyncio.sleep(1)
  reader.feedData('ab')
  yield* asyncio.sleep(1)
  trace(reader.exception())
  reader.setException(new asyncio.ValueError('of a case'))
  yield* task
  yield* read('later')
  trace(reader.exception(), reader.atEof())
}
