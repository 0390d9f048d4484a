import { EventLoop } from 'asyncio-ts'
import type { Host, TimerHandle } from '@asyncio-ts/core'
import type { Outcome, Report } from './run-options.ts'

/** Never calls back: Python turns the loop, and blocks in between. */
const blockedHost: Host = {
  maxTimerMs: 2 ** 31 - 1,
  defer: () => undefined,
  setTimer: () => undefined,
  clearTimer: () => undefined,
  keepAlive: () => () => undefined,
}

type Dispatch = (loop: number, handle: number) => void

/** What the Python side calls: see hosted_loop.py. */
export interface HostForPython {
  connect(dispatch: Dispatch, clockOf: (loop: number) => number): void
  [name: string]: unknown
}

/**
 * Lends TypeScript loops to Python.
 *
 * Python's callbacks stay there, under a number: a single proxy brings the numbers back, and nothing has to be freed.
 */
export function hostForPython(report: (message: Report) => void): HostForPython {
  const bell = new Int32Array(new SharedArrayBuffer(4))
  const timers = new WeakMap<EventLoop, Map<number, TimerHandle>>()
  const ready = new WeakMap<EventLoop, number>()
  let dispatch: Dispatch
  let clockOf: (loop: number) => number
  let turns = 0

  const arrive = (loop: EventLoop, id: number, handle: number): void => {
    if (timers.get(loop)!.delete(handle) === false) ready.set(loop, ready.get(loop)! - 1)
    dispatch(id, handle)
  }
  return {
    connect(dispatcher, clock) {
      dispatch = dispatcher
      clockOf = clock
    },
    newLoop(id: number, ownClock: boolean) {
      const clock = { now: ownClock ? () => clockOf(id) : () => performance.now() / 1000 }
      const loop = new EventLoop({ clock, host: blockedHost, debug: false })
      timers.set(loop, new Map())
      ready.set(loop, 0)
      return loop
    },
    clockResolution: 1e-6,
    now: () => performance.now() / 1000,
    sleep: (seconds: number) => void (seconds > 0 && Atomics.wait(bell, 0, 0, Math.ceil(seconds * 1000))),
    callSoon(loop: EventLoop, id: number, handle: number) {
      ready.set(loop, ready.get(loop)! + 1)
      loop.callSoon(arrive, loop, id, handle)
    },
    callAt: (loop: EventLoop, id: number, handle: number, when: number) =>
      void timers.get(loop)!.set(handle, loop.callAt(when, arrive, loop, id, handle)),
    cancelTimer(loop: EventLoop, handle: number) {
      timers.get(loop)!.get(handle)?.cancel()
      timers.get(loop)!.delete(handle)
    },
    turn(loop: EventLoop) {
      turns++
      loop.turn()
    },
    readyCount: (loop: EventLoop) => ready.get(loop),
    close: (loop: EventLoop) => loop.close(),
    started(id: string) {
      turns = 0
      report({ kind: 'started', id })
    },
    ended: (id: string, outcome: Outcome, detail: string) => report({ kind: 'ended', id, outcome, detail, turns }),
    fixture_failed: (id: string, detail: string) => report({ kind: 'fixture failed', id, detail }),
  }
}
