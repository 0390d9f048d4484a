import type { Host } from '@asyncio-ts/core'
import type { ManualClock } from '../../../test-support/manual-loop.ts'

interface Timer {
  immediate: NodeJS.Immediate
}

/**
 * A host whose timers do not wait: the clock jumps to them, once nothing is left to do before.
 *
 * For programs that run their loops themselves, with `Runner` or `runForever`.
 */
export function jumpingHost(clock: ManualClock): Host {
  return {
    maxTimerMs: 2 ** 31 - 1,
    defer: (callback) => void setImmediate(callback),
    setTimer(callback, delayMs): Timer {
      const jump = (): void => {
        clock.time += delayMs / 1000
        callback()
      }
      // The second trip lets the loop set an earlier timer, which async functions of this turn may ask for.
      const timer: Timer = { immediate: setImmediate(() => (timer.immediate = setImmediate(jump))) }
      return timer
    },
    clearTimer: (timer) => clearImmediate((timer as Timer).immediate),
    // A loop with nothing to wait for is a deadlock, which the time limit of the test finds.
    keepAlive: () => () => undefined,
  }
}
