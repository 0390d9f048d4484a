import { allTasks, setRunningLoop } from '@asyncio-ts/core'
import type { CoroutineLike } from '@asyncio-ts/core'
import { Deadlock, drive, VirtualLoop } from '../../../test-support/virtual-loop.ts'
import { traceTo } from './case.ts'
import { format } from './format.ts'

/** Runs a case in virtual time and returns its trace. */
export async function runCase(main: CoroutineLike<unknown>): Promise<string> {
  const lines: string[] = []
  const loop = new VirtualLoop()
  const trace = (...values: unknown[]): void => {
    lines.push(`${loop.time().toFixed(3)} ${values.map(format).join(' ')}`)
  }
  traceTo((values) => trace(...values))
  loop.setExceptionHandler((_loop, context) => trace('handler:', context.message.replace(/(Exception in callback).*/, '$1'), context.exception))
  setRunningLoop(loop)
  try {
    const task = loop.createTask(main, { name: 'main' })
    await drive(loop, () => task.done())
    // CPython stops in the turn after the one in which main ends.
    loop.turn()
    task.result()
  } catch (error) {
    trace(...(error instanceof Deadlock ? ['deadlock'] : ['main raised', error]))
  }
  traceTo(() => undefined)
  loop.setExceptionHandler(() => undefined)
  for (const task of allTasks(loop)) task.cancel()
  for (let turns = 0; turns < 100 && allTasks(loop).size > 0; turns++) {
    loop.turn()
    await new Promise((resolve) => setImmediate(resolve))
  }
  setRunningLoop(null)
  loop.close()
  return lines.join('\n') + '\n'
}
