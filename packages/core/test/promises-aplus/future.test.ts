import { it } from 'vitest'
import { Future } from '@asyncio-ts/core'
import { passSuite } from './run-suite.ts'
import type { Adapter } from './run-suite.ts'

const futures: Adapter = {
  resolved(value) {
    const future = new Future()
    future.setResult(value)
    return future
  },
  rejected(reason) {
    const future = new Future()
    future._settle(2, reason)
    return future
  },
  deferred() {
    const promise = new Future()
    const settle = (state: 1 | 2, value: unknown): void => {
      if (!promise.done()) promise._settle(state, value)
    }
    return { promise, resolve: (value) => settle(1, value), reject: (reason) => settle(2, reason) }
  },
}

it('a Future is a promise as Promises/A+ has it', { timeout: 120_000 }, () => passSuite(futures))
