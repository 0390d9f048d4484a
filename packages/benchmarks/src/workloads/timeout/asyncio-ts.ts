import { sleep, timeout } from 'asyncio-ts'
import type { Coroutine } from 'asyncio-ts'

export function* generators(n: number, turns: number): Coroutine<number> {
  // Made once: V8 spends a microsecond on each new generator function, whatever is done with it.
  function* body(): Coroutine<number> {
    for (let i = 0; i < turns; i++) yield* sleep(0)
    return 1
  }
  let count = 0
  for (let i = 0; i < n; i++) count += yield* timeout(10, body)
  return count
}

export async function functions(n: number, turns: number): Promise<number> {
  let count = 0
  for (let i = 0; i < n; i++) {
    count += await timeout(10, async () => {
      for (let turn = 0; turn < turns; turn++) await sleep(0)
      return 1
    })
  }
  return count
}
