import type { KernelFuture } from '../contract/kernel.ts'
import { advance } from './advance.ts'
import type { Frame } from './frame.ts'
import { fresh, sweep } from './fresh-calls.ts'
import { noteCaller } from './logical-stack.ts'

/**
 * Takes the next step of the call whose outermost frame is `root`, in the task that `runtime.task` says.
 *
 * @param thrown - whether `input` is an error
 * @param input - what to throw into the frame that waits; what it waits for knows its result itself
 * @returns whether the call is done
 */
export function drive(root: Frame, thrown: boolean, input: unknown): boolean {
  const leaf = root._leaf ?? root
  let failed = thrown
  let value = input
  if (leaf._sub === null && leaf._value !== undefined) {
    const future = leaf._value as KernelFuture
    if (!failed && future._state === 1) value = future._value
    else if (!failed) {
      failed = true
      value = future._takeError()
    }
    if (failed) noteCaller(value, leaf)
  }
  leaf._value = undefined
  const { mark } = fresh
  const start = (fresh.mark = fresh.newest)
  fresh.steps++
  let next: Frame | null = null
  try {
    next = advance(leaf, failed, value)
  } finally {
    fresh.steps--
    if (fresh.newest !== start) sweep(start)
    fresh.mark = mark
  }
  root._leaf = next
  return next === null
}
