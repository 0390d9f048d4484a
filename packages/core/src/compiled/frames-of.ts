import type { TaskFrame } from '../contract/task-frame.ts'
import { coroutineName } from '../coroutine-name.ts'
import { Frame } from './frame.ts'
import { positionOf } from './logical-stack.ts'

/** What a scope such as `timeout` runs inside of it, where it tells. */
interface Scoped {
  readonly _body?: unknown
}

/** The functions that a call is in the middle of, the outermost first; `null` when `steps` is no call. */
export function framesOf(steps: unknown): TaskFrame[] | null {
  if (!(steps instanceof Frame)) return null
  const frames: TaskFrame[] = []
  const leaf = steps._leaf ?? steps
  for (let frame: Frame | null = leaf; frame !== null; frame = frame === steps ? null : frame._link) {
    frames.unshift(positionOf(frame))
  }
  const awaited = leaf._sub
  if (awaited === null) return frames
  const inside = framesOf((awaited as Scoped)._body)
  if (inside !== null) return [...frames, ...inside]
  const name = (awaited as { _name?: unknown })._name
  if (typeof name === 'string') {
    frames.push({ name: coroutineName(awaited).replace(/\(\)$/, ''), file: null, line: null, column: null })
  }
  return frames
}
