import { defaultHost } from './host.ts'
import { runtime } from '../runtime.ts'

let scheduled = false

function advance(): void {
  scheduled = false
  runtime.epoch++
}

/**
 * Makes sure that the epoch advances when the current macrotask ends.
 *
 * Called when an async function parks. A pump that is turning advances the epoch by itself.
 */
export function endEpochWithMacrotask(): void {
  if (scheduled || runtime.pumping > 0) return
  const host = defaultHost()
  scheduled = true
  if (host.afterMicrotasks) host.afterMicrotasks(advance)
  else host.defer(advance)
}
