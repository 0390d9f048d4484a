import { runtime } from '../runtime.ts'
import type { Frame } from './frame.ts'

/**
 * The calls made in the step under way that nothing has taken yet, the newest first.
 *
 * `await f()` takes the newest, which is why it costs two assignments. The others are let go on by themselves when the
 * step ends, the oldest first, so that they park in the order in which they were made.
 */
export const fresh: { newest: Frame | null; mark: Frame | null; steps: number; sweeping: boolean } = {
  newest: null,
  /** The newest of those that were made before the step, or the first step of a call, that is under way. */
  mark: null,
  /** How many steps are under way that will sweep in the end. */
  steps: 0,
  sweeping: false,
}

/** Adds a call that is parked, or has failed. One that has returned needs no care. */
export function addFresh(frame: Frame): void {
  if (frame._state === 1) return
  frame._link = fresh.newest
  fresh.newest = frame
  if (fresh.steps === 0 && !fresh.sweeping) sweepInMicrotask()
}

/** Takes a fresh call off the list. */
export function removeFresh(frame: Frame): void {
  if (frame._state === 1) return
  if (fresh.newest === frame) fresh.newest = frame._link
  else {
    let newer = fresh.newest!
    while (newer._link !== frame) newer = newer._link!
    newer._link = frame._link
  }
  frame._link = null
}

/** Lets every call that is newer than `mark` go on by itself. */
export function sweep(mark: Frame | null): void {
  let oldest: Frame | null = null
  for (let frame = fresh.newest; frame !== mark && frame !== null;) {
    const older: Frame | null = frame._link
    frame._link = oldest
    oldest = frame
    frame = older
  }
  fresh.newest = mark
  while (oldest !== null) {
    const frame: Frame = oldest
    oldest = frame._link
    frame._link = null
    frame._detach()
  }
}

/** Calls made by code that is not compiled: its steps end where nobody tells us, but before the next macrotask. */
function sweepInMicrotask(): void {
  fresh.sweeping = true
  runtime.microtasks = true
  queueMicrotask(() => {
    fresh.sweeping = false
    if (fresh.steps === 0) sweep(null)
  })
}
