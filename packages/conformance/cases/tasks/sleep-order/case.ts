import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const worker = co(function* (delay: number, name: string) {
    trace(name, yield* asyncio.sleep(delay, name))
  })
  yield* asyncio.gather(worker(2, 'c'), worker(1, 'b'), worker(0, 'a'), worker(-1, 'negative'), worker(1.5, 'between'))
}
