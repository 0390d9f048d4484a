import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const q = new asyncio.Queue<number>(2)
  const producer = co(function* () {
    for (let n = 0; n < 5; n++) {
      yield* q.put(n)
      trace('put', n)
    }
  })
  const consumer = co(function* () {
    for (let n = 0; n < 5; n++) trace('got', yield* q.get())
  })
  yield* asyncio.gather(producer(), consumer())
}
