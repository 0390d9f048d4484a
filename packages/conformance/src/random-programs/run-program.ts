import { setRunningLoop } from '@asyncio-ts/core/primitives'
import { ManualLoop } from '../../../../test-support/manual-loop.ts'
import { Interpreter } from './interpreter.ts'
import type { Program } from './program.ts'
import { text } from './text.ts'

/** No program needs nearly as many turns. */
const MAX_TURNS = 20_000

/** Runs a random program in virtual time, until nothing is left to do, and returns its trace. */
export function runProgram(program: Program): string {
  const loop = new ManualLoop()
  const lines: string[] = []
  let over = false
  const trace = (...values: unknown[]): void => {
    if (!over) lines.push([loop.time(), ...values].map(text).join(' '))
  }
  loop.setExceptionHandler((_loop, { message }) => {
    if (message.includes('shielded')) trace('handler')
  })
  setRunningLoop(loop)
  try {
    const interpreter = new Interpreter(program, loop, trace)
    interpreter.start()
    turnUntilIdle(loop)
    trace('idle', interpreter.world.states())
  } finally {
    over = true
    setRunningLoop(null)
    loop.close()
  }
  return lines.join('\n')
}

function turnUntilIdle(loop: ManualLoop): void {
  for (let turns = 0; ; turns++) {
    const timeout = loop.nextTimeout()
    if (timeout === null) return
    if (turns > MAX_TURNS) throw new Error(`A random program does not end after ${MAX_TURNS} turns.`)
    loop.clock.time += timeout
    loop.turn()
  }
}
