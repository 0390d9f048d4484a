import { allTasks } from '@asyncio-ts/core'
import { reprOf } from '@asyncio-ts/core/primitives'
import { describeWait, madeAt, nameOf } from './describe-wait.ts'
import { Delivery } from './memory/wire.ts'
import type { VirtualLoop } from './virtual-loop.ts'

/** How many turns callbacks that are ready may take to come to an end. */
const MAX_TURNS = 100

/** A program has ended and left tasks, timers or callbacks behind. */
export class LeakError extends Error {
  readonly leaks: readonly string[]

  constructor(leaks: readonly string[]) {
    super(`${leaks.length === 1 ? 'One thing was' : `${leaks.length} things were`} left behind:\n${leaks.join('\n')}`)
    this.leaks = leaks
  }
}
Object.defineProperty(LeakError.prototype, 'name', { value: 'LeakError' })
Object.defineProperty(LeakError.prototype, 'code', { value: 'ERR_ASYNCIO_LEAK' })

/**
 * Lets what is ready come to its end, time standing still.
 *
 * @throws LeakError when tasks, timers or callbacks are left then
 */
export async function findLeaks(loop: VirtualLoop): Promise<void> {
  for (let turns = 0; turns < MAX_TURNS && loop.nextTimeout() === 0; turns++) {
    loop.stop()
    await loop.runForever()
  }
  const leaks: string[] = []
  for (const task of allTasks(loop)) {
    leaks.push(`  task ${nameOf(task)} waits for ${describeWait(task, loop._lookup)}${madeAt(task)}`)
  }
  const isOfTask = leaks.length > 0
  for (const timer of loop._pendingTimers()) {
    // What a task that was left behind sleeps on has been told with it.
    if (timer instanceof Delivery) continue
    if (!isOfTask || madeAt(timer) !== '') leaks.push(`  timer ${reprOf(timer)}${madeAt(timer)}`)
  }
  if (loop.nextTimeout() === 0) leaks.push('  callbacks that schedule one another without end')
  if (leaks.length > 0) throw new LeakError(leaks)
}
