import { asyncio, co, trace } from '../../../src/case.ts'

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString()

export function* main() {
  const reader = new asyncio.StreamReader({ loop: asyncio.getRunningLoop() })

  const read = co(function* () {
    trace(text(yield* reader.readexactly(4)))
    trace(text(yield* reader.readuntil('--')))
    try {
      yield* reader.readexactly(4)
    } catch (error) {
      if (!(error instanceof asyncio.IncompleteReadError)) throw error
      trace(error, text(error.partial), error.expected)
    }
    try {
      yield* reader.readuntil('--')
    } catch (error) {
      if (!(error instanceof asyncio.IncompleteReadError)) throw error
      trace(error, text(error.partial), error.expected)
    }
    trace(text(yield* reader.read()), reader.atEof())
  })

  const task = asyncio.createTask(read())
  for (const piece of ['ab', 'cd', 'one-', '-tw']) {
    yield* asyncio.sleep(1)
    reader.feedData(piece)
  }
  yield* asyncio.sleep(1)
  reader.feedEof()
  yield* task
}
