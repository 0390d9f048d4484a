import { allTasks } from '@asyncio-ts/core'
import { BaseEventLoop, setRunningLoop } from '@asyncio-ts/core/primitives'
import type { Clock, CoroutineLike, Host } from '@asyncio-ts/core'

/** A clock that stands still until a test moves it. */
export class ManualClock implements Clock {
  time = 0

  now(): number {
    return this.time
  }
}

/** A host that never calls back: the loop turns only when a test says so. */
const inertHost: Host = {
  maxTimerMs: 2 ** 31 - 1,
  defer: () => undefined,
  setTimer: () => undefined,
  clearTimer: () => undefined,
  keepAlive: () => () => undefined,
}

/** Nothing is ready, no timer is left, and what was to be run is not done. */
export class Deadlock extends Error {}

/**
 * The kernel on a {@link ManualClock}, and nothing else.
 *
 * The tests of the packages that `testing` is built on use it: its `VirtualLoop` is one of the things they test.
 */
export class ManualLoop extends BaseEventLoop {
  readonly clock: ManualClock

  constructor() {
    const clock = new ManualClock()
    super({ clock, host: inertHost, debug: false })
    this.clock = clock
  }
}

/** Lets every microtask run, and those that they queue. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** Makes turns, and jumps to the next timer whenever nothing is ready, until `isDone`. */
export async function drive(loop: ManualLoop, isDone: () => boolean): Promise<void> {
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

/** As {@link drive}, while the host's own timers and sockets go on in real time. */
export async function driveWithHost(loop: ManualLoop, isDone: () => boolean): Promise<void> {
  while (!isDone()) {
    loop.clock.time += loop.nextTimeout() ?? 0
    loop.turn()
    await settle()
  }
}

/** Runs main as {@link runManually} does, and leaves the loop open. */
export async function runOpen<T>(main: CoroutineLike<T>, loop: ManualLoop = new ManualLoop()): Promise<T> {
  setRunningLoop(loop)
  try {
    const task = loop.createTask(main, { name: 'main' })
    await drive(loop, () => task.done())
    return task.result()
  } finally {
    for (const task of allTasks(loop)) task.cancel()
    await drive(loop, () => allTasks(loop).size === 0)
    setRunningLoop(null)
  }
}

/**
 * Runs `main` on a loop of its own, jumping from timer to timer. No task may be left in the end.
 *
 * @returns what main returns
 */
export async function runManually<T>(main: CoroutineLike<T>, loop: ManualLoop = new ManualLoop()): Promise<T> {
  try {
    return await runOpen(main, loop)
  } finally {
    loop.close()
  }
}
