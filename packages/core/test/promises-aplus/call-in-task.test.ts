import { it } from 'vitest'
import { Future, Task } from '@asyncio-ts/core'
import { callsMade } from './calls.compiled.ts'
import { passSuite } from './run-suite.ts'

/** Makes a call in a task that has not ended when the call does. */
function inTask(call: () => Promise<unknown>): Promise<unknown> {
  let made!: Promise<unknown>
  new Task(
    async () => {
      made = call()
      await new Future()
    },
    { eagerStart: true },
  )
  return made
}

it('a call in a task is a promise as Promises/A+ has it', { timeout: 120_000 }, () => passSuite(callsMade(inTask)))
