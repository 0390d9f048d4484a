import fc from 'fast-check'
import { allTasks } from '@asyncio-ts/core'
import { setRunningLoop } from '@asyncio-ts/core/primitives'
import { ManualLoop, settle } from './manual-loop.ts'

/** How often a random test runs; more in a long run: `FUZZ=20 npm test`. */
export const numRuns = 1000 * Number(process.env['FUZZ'] ?? 1)

/** Makes one turn, and lets async functions settle. */
export type Turn = () => Promise<void>

/** Makes turns until nothing is ready any more. Time stands still. */
export async function turnUntilIdle(turn: Turn, loop: ManualLoop): Promise<void> {
  await settle()
  for (let turns = 0; loop.nextTimeout() === 0; turns++) {
    if (turns > 1000) throw new Error('The loop does not come to rest.')
    await turn()
  }
}

/**
 * Gives `body` a loop that turns only when it is told to, and checks afterwards that nothing is left on it.
 */
export async function turnByTurn(body: (turn: Turn, loop: ManualLoop) => Promise<void>): Promise<void> {
  const loop = new ManualLoop()
  const problems: unknown[] = []
  loop.setExceptionHandler((_loop, context) => problems.push(context.message, context.exception))
  const turn: Turn = async () => {
    loop.turn()
    await settle()
  }
  setRunningLoop(loop)
  try {
    await body(turn, loop)
    if (problems.length > 0) throw new Error(`The exception handler was called: ${problems.join(' ')}`)
    if (allTasks(loop).size > 0) throw new Error(`Left behind: ${[...allTasks(loop)].join(' ')}`)
    if (loop.nextTimeout() !== null) throw new Error('A timer or a callback was left behind.')
  } finally {
    loop.setExceptionHandler(() => undefined)
    for (let turns = 0; turns < 50 && allTasks(loop).size > 0; turns++) {
      for (const task of allTasks(loop)) task.cancel()
      await turn()
    }
    setRunningLoop(null)
    loop.close()
  }
}

/** Runs a property over random scripts; fast-check prints the seed and the shrunk script of a failure. */
export function checkScripts<Command>(
  command: fc.Arbitrary<Command>,
  property: (script: Command[], spelling: 'yield*' | 'await') => Promise<void>,
): Promise<void> {
  return fc.assert(
    fc.asyncProperty(
      fc.array(command, { maxLength: 40 }),
      fc.constantFrom('yield*' as const, 'await' as const),
      property,
    ),
    { numRuns },
  )
}
