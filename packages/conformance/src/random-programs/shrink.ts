import type { Program, Statement } from './program.ts'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/**
 * Makes a program smaller as long as it stays interesting: statements are left out, scopes give way to their bodies,
 * and numbers become zero.
 *
 * @param areInteresting - tells of each of many programs whether it still shows what is looked for
 */
export function shrink(program: Program, areInteresting: (programs: Program[]) => boolean[]): Program {
  for (let smallest = program; ;) {
    const candidates = candidatesOf(smallest)
    const next = firstInteresting(candidates, areInteresting)
    if (next === null) return smallest
    smallest = next
  }
}

/** The programs that are one step smaller, the smallest first. */
function candidatesOf(program: Program): Program[] {
  return [...smaller(program.defs as unknown as Json)]
    .map((defs) => ({ defs: defs as unknown as Statement[][], size: JSON.stringify(defs).length }))
    .sort((a, b) => a.size - b.size)
    .map(({ defs }) => ({ ...program, defs }))
}

const BATCH = 50

/** A coroutine function may start only later ones: theirs are not numbers to make smaller. */
const FIXED = new Set(['def', 'defs'])

function firstInteresting(candidates: Program[], areInteresting: (programs: Program[]) => boolean[]): Program | null {
  for (let start = 0; start < candidates.length; start += BATCH) {
    const batch = candidates.slice(start, start + BATCH)
    const index = areInteresting(batch).indexOf(true)
    if (index >= 0) return batch[index]!
  }
  return null
}

/** Every program that is one step smaller. */
function* smaller(value: Json): Generator<Json> {
  if (Array.isArray(value)) yield* smallerList(value)
  else if (typeof value === 'object' && value !== null) {
    for (const [key, part] of Object.entries(value)) {
      if (FIXED.has(key)) continue
      for (const less of smaller(part)) yield { ...value, [key]: less }
    }
  } else if (typeof value === 'number' && value > 0) yield value - 1
  else if (value === true) yield false
}

function* smallerList(list: Json[]): Generator<Json> {
  const isBody = list.some((item) => typeof item === 'object' && item !== null && 'op' in item)
  for (const [index, item] of list.entries()) {
    const replace = (...items: Json[]): Json[] => [...list.slice(0, index), ...items, ...list.slice(index + 1)]
    if (isBody) {
      yield replace()
      const { body } = item as { body?: Json[] }
      if (body !== undefined) yield replace(...body)
    } else if (Array.isArray(item) && item.length > 0) yield replace([])
    for (const less of smaller(item)) yield replace(less)
  }
}
