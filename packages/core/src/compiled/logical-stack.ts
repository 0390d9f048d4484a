import { isCancelled } from '../errors/errors.ts'
import type { Frame } from './frame.ts'

/** More would say nothing new: what is so deep recurs. */
const MAX_CALLERS = 50

/** Absent from the standard library's types. */
const stacks = Error as unknown as { stackTraceLimit?: number }

/** The frames that each error has been thrown into: what rethrows it adds nothing. */
const seen = new WeakMap<Error, { frames: WeakSet<Frame>; count: number }>()

/**
 * Adds the await at which `frame` receives an error to the stack of that error, as the engine does for async functions.
 *
 * A CancelledError has no stack to add to: cancelling is control flow.
 */
export function noteCaller(error: unknown, frame: Frame): void {
  const site = frame._site
  if (site === undefined || !(error instanceof Error) || isCancelled(error) || stacks.stackTraceLimit === 0) return
  let callers = seen.get(error)
  if (callers === undefined) seen.set(error, (callers = { frames: new WeakSet(), count: 0 }))
  if (callers.frames.has(frame) || callers.count >= MAX_CALLERS) return
  callers.frames.add(frame)
  callers.count++
  const { stack } = error
  if (typeof stack !== 'string') return
  try {
    error.stack = `${stack}\n    at async ${placeOf(frame)}`
  } catch {
    // A frozen error keeps the stack it has.
  }
}

/** The name of a frame's function and the position of the await it stands at, as a line of a stack has them. */
export function placeOf(frame: Frame): string {
  const { name, file, line, column } = positionOf(frame)
  const place = `${file}:${line}:${column}`
  return name === '' ? place : `${name} (${place})`
}

/** Where a frame stands: at an await, or, before its first, where its function is defined. */
export function positionOf(frame: Frame): { name: string; file: string; line: number; column: number } {
  const { _site: site, _at: at } = frame
  if (site === undefined) return { name: '', file: 'unknown', line: 0, column: 0 }
  // In async generators a yield is told from an await by the sign.
  const index = 2 * (at < 0 ? -1 - at : at)
  const line = site.sites[index] ?? site.line
  const column = site.sites[index + 1] ?? site.column
  return { name: site.name, file: site.file, line, column }
}
