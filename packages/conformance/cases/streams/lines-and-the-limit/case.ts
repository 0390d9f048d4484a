import { asyncio, co, trace } from '../../../src/case.ts'

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString()

export function* main() {
  const reader = new asyncio.StreamReader({ limit: 4, loop: asyncio.getRunningLoop() })
  reader.feedData('ab\nlonger\ncd')

  const lines = co(function* () {
    for (let i = 0; i < 4; i++) {
      try {
        trace(text(yield* reader.readline()).trim(), reader.atEof())
      } catch (error) {
        if ((error as Error).name !== 'ValueError') throw error
        trace(error)
      }
    }
  })

  const task = asyncio.createTask(lines())
  yield* asyncio.sleep(1)
  reader.feedData('e')
  yield* asyncio.sleep(1)
  reader.feedEof()
  yield* task
}
