import { readFileSync } from 'node:fs'
import * as core from '@asyncio-ts/core'
import * as primitives from '@asyncio-ts/core/primitives'
import * as asyncio from 'asyncio-ts'
import type { Evidence } from './evidence.ts'
import { ALIASES, EXCEPTIONS, NOTES } from './reasons.ts'

/** One name of CPython's asyncio, as recorded by introspect.py. */
interface Entry {
  module: string
  name: string
  kind: 'class' | 'exception' | 'function' | 'constant'
  members: Record<string, 'method' | 'property'>
}

/** A line of the table. */
export interface Row {
  module: string
  /** Python's name: `wait_for`, or `Queue.put_nowait`. */
  python: string
  /** Ours; null where there is none. */
  ours: string | null
  /** Why there is none, or what differs. */
  note: string
  /** Cases and tests that use it. */
  evidence: string[]
  state: 'there' | 'explained' | 'missing'
}

const RECORD = new URL('../../surface/cpython-3.14.json', import.meta.url)

const camel = (name: string): string =>
  name.replace(/(?<=[a-z0-9])_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())

/** Names that stay as they are: classes and constants. */
const oursOf = (name: string, kind: Entry['kind']): string => (kind === 'function' ? camel(name) : name)

/** Members that are fields of the instance show only on one. */
const INSTANCES: Readonly<Record<string, () => object>> = {
  Barrier: () => new asyncio.Barrier(1),
  Queue: () => new asyncio.Queue(),
  PriorityQueue: () => new asyncio.PriorityQueue(),
  LifoQueue: () => new asyncio.LifoQueue(),
}

/**
 * Every name of CPython's asyncio and every public member, beside ours.
 *
 * @param evidence - finds what shows that a name works
 */
export function surface(evidence: Evidence): Row[] {
  const entries = JSON.parse(readFileSync(RECORD, 'utf8')) as Entry[]
  return entries.flatMap((entry) => [
    nameRow(entry, evidence),
    ...Object.entries(entry.name in ALIASES ? {} : entry.members).map((member) => memberRow(entry, member, evidence)),
  ])
}

function nameRow({ module, name, kind }: Entry, evidence: Evidence): Row {
  const exception = EXCEPTIONS[name]
  const base = { module, python: name, note: NOTES[name] ?? '' }
  if (exception !== undefined && 'reason' in exception) {
    return { ...base, ours: null, note: exception.reason, evidence: [], state: 'explained' }
  }
  const ours = exception?.ours ?? oursOf(name, kind)
  const plain = ours.replace(/^(type|core:) /, '')
  const exists =
    ours.startsWith('type ') ||
    plain in asyncio ||
    (ours.startsWith('core: ') && (plain in core || plain in primitives))
  if (!exists) return { ...base, ours: null, note: 'Not there yet.', evidence: [], state: 'missing' }
  const uses = evidence.find({ module, python: name, pattern: new RegExp(`\\b${plain}\\b`), isMember: false })
  return { ...base, ours, note: exception?.note || base.note, evidence: uses, state: 'there' }
}

function memberRow({ module, name, kind }: Entry, [member, is]: [string, string], evidence: Evidence): Row {
  const python = `${name}.${member}`
  const exception = EXCEPTIONS[python]
  const base = { module, python, note: NOTES[python] ?? '' }
  if (exception !== undefined && 'reason' in exception) {
    return { ...base, ours: null, note: exception.reason, evidence: [], state: 'explained' }
  }
  const ours = camel(member)
  if (!hasMember(oursOf(name, kind), ours)) {
    return { ...base, ours: null, note: 'Not there yet.', evidence: [], state: 'missing' }
  }
  const pattern = new RegExp(is === 'method' ? `\\b${ours}\\(` : `\\.${ours}\\b`)
  const uses = evidence.find({ module, python, pattern, isMember: true })
  return { ...base, ours: `${name}.${ours}`, evidence: uses, state: 'there' }
}

function hasMember(className: string, member: string): boolean {
  const ours = (asyncio as Record<string, unknown>)[className]
  if (typeof ours !== 'function') return false
  return member in (ours.prototype as object) || member in (INSTANCES[className]?.() ?? {})
}
