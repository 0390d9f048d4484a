import { allTasks } from '@asyncio-ts/core'
import { BaseEventLoop, setRunningLoop } from '@asyncio-ts/core/primitives'
import type { Clock, CoroutineLike, Host } from '@asyncio-ts/core'

/** A clock that stands still until it is moved. */
export class VirtualClock implements Clock {
  time = 0

  now(): number {
    return this.time
  }
}

/** A host that never calls back: the loop turns only when it is told to. */
const inertHost: Host = {
  maxTimerMs: 2 ** 31 - 1,
  defer: () => undefined,
  setTimer: () => undefined,
  clearTimer: () => undefined,
  keepAlive: () => () => undefined,
}

/** Nothing is ready, no timer is left, and what was to be run is not done. */
export class Deadlock extends Error {}

/** A loop on a {@link VirtualClock}. */
export class VirtualLoop extends BaseEventLoop {
  readonly clock: VirtualClock
  readonly errors: unknown[] = []

  constructor() {
    const clock = new VirtualClock()
    super({ clock, host: inertHost, debug: false })
    this.clock = clock
  }
}

/** Lets every microtask run, and those that they queue. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** Makes turns, and jumps to the next timer whenever nothing is ready, until `isDone`. */
export async function drive(loop: VirtualLoop, isDone: () => boolean): Promise<void> {
  let idle = 0
  while (!isDone()) {
    const timeout = loop.nextTimeout()
    if (timeout === null) {
      // A promise of the host may still be on its way.
      if (++idle > 3) throw new Deadlock(`Deadlock: ${[...allTasks(loop)].join(', ')}`)
    } else {
      idle = 0
      if (timeout > 0) loop.clock.time += timeout
      loop.turn()
    }
    await settle()
  }
}

/**
 * Runs `main` in virtual time on a loop of its own, which then has to have no task left.
 *
 * @returns what main returns
 */
export async function runVirtual<T>(main: CoroutineLike<T>, loop: VirtualLoop = new VirtualLoop()): Promise<T> {
  setRunningLoop(loop)
  try {
    const task = loop.createTask(main, { name: 'main' })
    await drive(loop, () => task.done())
    return task.result()
  } finally {
    for (const task of allTasks(loop)) task.cancel()
    await drive(loop, () => allTasks(loop).size === 0)
    setRunningLoop(null)
    loop.close()
  }
}
