import { checkSelfContained } from './check-self-contained.ts'
import { MAX_FUNCTIONS } from './constants.ts'
import type { Definition } from './worker/messages.ts'
import { moduleExportOf } from './worker-function.ts'

/** A function that workers can call, and how they get it. */
export interface Target {
  readonly id: number
  /** What it is called in messages. */
  readonly name: string
  readonly definition: Definition
}

const bySource = new Map<string, Target>()
const byFunction = new WeakMap<object, Target>()
let count = 0

function newTarget(name: string, definition: Definition): Target {
  count += 1
  return { id: count, name, definition }
}

/**
 * Returns what has to be sent of a function so that a worker can call it.
 *
 * @throws TypeError if it is not a function, or if it would not work in a worker
 */
export function targetOf(fn: (...args: never[]) => unknown): Target {
  const found = byFunction.get(fn)
  if (found !== undefined) return found
  const target = moduleTarget(fn) ?? sourceTarget(fn)
  byFunction.set(fn, target)
  return target
}

function moduleTarget(fn: unknown): Target | null {
  const found = moduleExportOf(fn)
  return found === null ? null : newTarget(found.name, [found.url, found.name])
}

/** A function written in place is another one at every call: its text tells that it is the same. */
function sourceTarget(fn: (...args: never[]) => unknown): Target {
  const text = checkSelfContained(fn, bySource)
  const known = bySource.get(text.source)
  if (known !== undefined) return known
  const target = newTarget(fn.name === '' ? 'a function' : fn.name, [text.program])
  bySource.set(text.source, target)
  if (bySource.size > MAX_FUNCTIONS) {
    for (const oldest of bySource.keys()) {
      bySource.delete(oldest)
      break
    }
  }
  return target
}
