import { activeResources } from './real-host.ts'

/** What the loop itself, or nothing at all, waits for. */
const IGNORED = /^(Immediate|TickObject|Microtask|.*Server.*)$/

/** Open, and perhaps silent for ever. */
const MAY_BE_SILENT = /^(TCP|TCPSocketWrap|PipeWrap|Pipe|UDPWrap|UDP|TTYWrap|MessagePort|TLSWrap)$/

/** The timer with which a running loop keeps the process alive. */
const OF_A_RUNNING_LOOP = ['Timeout']

/** What the host does for a program: `busy` will end by itself, `open` may say something or not. */
export type Activity = 'none' | 'open' | 'busy'

/**
 * Tells real I/O from silence, by what keeps the process alive now and did not when this was made.
 */
export class HostActivity {
  readonly #before = counted([...activeResources(), ...OF_A_RUNNING_LOOP])

  now(): Activity {
    let activity: Activity = 'none'
    for (const [name, count] of counted(activeResources())) {
      if (count <= (this.#before.get(name) ?? 0)) continue
      if (!MAY_BE_SILENT.test(name)) return 'busy'
      activity = 'open'
    }
    return activity
  }
}

function counted(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) if (!IGNORED.test(name)) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}
