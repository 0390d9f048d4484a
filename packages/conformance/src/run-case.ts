import { allTasks } from '@asyncio-ts/core'
import { setRunningLoop } from '@asyncio-ts/core/primitives'
import type { CoroutineLike, ExceptionContext } from '@asyncio-ts/core'
import type { BaseEventLoop } from '@asyncio-ts/core/primitives'
import { EventLoop } from 'asyncio-ts'
import { Deadlock, drive, ManualClock, ManualLoop, settle } from '../../../test-support/manual-loop.ts'
import { traceTo } from './case.ts'
import type { LoopFactory } from './case.ts'
import { format } from './format.ts'
import { jumpingHost } from './jumping-host.ts'

/** What a `case.ts` exports: a main function, or a program that makes its loops itself. */
export interface Case {
  main?: CoroutineLike<unknown>
  program?: (loopFactory: LoopFactory) => Promise<unknown>
}

/** Runs a case in virtual time and returns its trace. */
export async function runCase({ main, program }: Case): Promise<string> {
  if (program !== undefined) return runProgram(program)
  if (main !== undefined) return runMain(main)
  throw new TypeError('A case exports main or program.')
}

type Trace = (...values: unknown[]) => void

async function collect(clock: ManualClock, body: (trace: Trace) => Promise<unknown>): Promise<string> {
  const lines: string[] = []
  const trace: Trace = (...values) => lines.push(`${clock.now().toFixed(3)} ${values.map(format).join(' ')}`)
  traceTo((values) => trace(...values))
  try {
    await body(trace)
  } catch (error) {
    trace(...(error instanceof Deadlock ? ['deadlock'] : ['main raised', error]))
  }
  traceTo(() => undefined)
  return lines.join('\n') + '\n'
}

function traceErrors(loop: BaseEventLoop, trace: Trace): void {
  const handle = ({ message, exception }: ExceptionContext): void =>
    trace('handler:', message.replace(/(Exception in callback).*/, '$1'), exception)
  loop.setExceptionHandler((_loop, context) => handle(context))
}

async function runMain(main: CoroutineLike<unknown>): Promise<string> {
  const loop = new ManualLoop()
  const trace = await collect(loop.clock, async (trace) => {
    traceErrors(loop, trace)
    setRunningLoop(loop)
    const task = loop.createTask(main, { name: 'main' })
    await drive(loop, () => task.done())
    // CPython stops in the turn after the one in which main ends.
    loop.turn()
    task.result()
  })
  await discard(loop)
  return trace
}

/** Ends what a case left behind, so that nothing of it runs during the next. */
async function discard(loop: ManualLoop): Promise<void> {
  loop.setExceptionHandler(() => undefined)
  try {
    for (const task of allTasks(loop)) task.cancel()
    for (let turns = 0; turns < 100 && allTasks(loop).size > 0; turns++) {
      loop.turn()
      await settle()
    }
  } finally {
    setRunningLoop(null)
    loop.close()
  }
}

function runProgram(program: (loopFactory: LoopFactory) => Promise<unknown>): Promise<string> {
  const clock = new ManualClock()
  const host = jumpingHost(clock)
  return collect(clock, (trace) =>
    program(() => {
      const loop = new EventLoop({ clock, host, debug: false })
      traceErrors(loop, trace)
      return loop
    }),
  )
}
