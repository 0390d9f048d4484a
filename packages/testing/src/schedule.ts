import { ValueError } from '@asyncio-ts/core'

/**
 * One thing in which a run departs from the order that asyncio keeps.
 *
 * `run`: at this step the lane with this number runs, the oldest being 0. `cancel`: before this step the task with this
 * number is cancelled, the oldest being 1. `settle`: before this step async functions go on, in the middle of a turn.
 * `draw`: the network's decision with this number comes out as this.
 */
export interface Deviation {
  readonly kind: 'run' | 'cancel' | 'settle' | 'draw'
  readonly at: number
  readonly value: number
}

const SIGNS = { run: ':', cancel: '!', settle: '~', draw: '=' } as const
const KINDS = new Map(Object.entries(SIGNS).map(([kind, sign]) => [sign as string, kind as Deviation['kind']]))

/** How a schedule without deviations is written. */
const FIFO = 'fifo'

/** Writes a schedule so that {@link parseSchedule} reads it: `3:1 7!2`, or `fifo`. */
export function formatSchedule(deviations: readonly Deviation[]): string {
  return deviations.length === 0 ? FIFO : deviations.map((d) => `${d.at}${SIGNS[d.kind]}${d.value}`).join(' ')
}

/** @throws ValueError when it is no schedule */
export function parseSchedule(text: string): Deviation[] {
  const words = text.trim().split(/\s+/)
  if (words.length === 1 && words[0] === FIFO) return []
  return words.map((word) => {
    const match = /^(\d+)([:!~=])(\d+)$/.exec(word)
    if (match === null) {
      throw new ValueError(`'${word}' is no part of a schedule: copy all of what a ScheduleFailure printed.`)
    }
    return { kind: KINDS.get(match[2]!)!, at: Number(match[1]), value: Number(match[3]) }
  })
}
