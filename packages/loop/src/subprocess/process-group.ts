import { builtin } from '../builtin.ts'

/** Of what Linux tells of a process, counted from the state: its group, and when it started. */
const GROUP = 2
const START = 19
const TICKS_PER_SECOND = 100

/**
 * Whether a process group still is the one that a child has led: someone in it is older than the child's end.
 *
 * The number of a child that has been waited for is free as soon as its group is empty, and may belong to strangers.
 *
 * @param exitedAt - when the child ended, in seconds since the system started
 * @returns false where the system does not tell
 */
export function isStillGroupOf(pid: number, exitedAt: number): boolean {
  const { readdirSync, readFileSync } = builtin('node:fs')
  let names: string[]
  try {
    names = readdirSync('/proc')
  } catch {
    return false
  }
  return names.some((name) => {
    if (!/^\d+$/.test(name)) return false
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1')
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return Number(fields[GROUP]) === pid && Number(fields[START]) / TICKS_PER_SECOND <= exitedAt
    } catch {
      // It has ended meanwhile.
      return false
    }
  })
}
