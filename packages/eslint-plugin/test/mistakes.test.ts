import { describe, expect, it } from 'vitest'
import { lint } from './lint.ts'
import * as calls from './programs/calls.ts'
import * as cancellation from './programs/cancellation.ts'
import * as coroutines from './programs/coroutines.ts'
import type { Kind } from './programs/kind.ts'
import * as locks from './programs/locks.ts'
import * as time from './programs/time.ts'

const kinds: Kind[] = [cancellation, coroutines, calls, time, locks].flatMap((module) => Object.values<Kind>(module))
const rulesOf = (code: string, types: boolean): string[] => [
  ...new Set(lint(code, { types }).map((problem) => problem.split(':')[0]!)),
]

describe.each(kinds.map((kind) => [kind.name, kind] as const))('%s', (_name, { rule, programs }) => {
  it('has three programs or more', () => expect(programs.length).toBeGreaterThanOrEqual(3))

  describe.each(programs.map((twins, index) => [index + 1, twins] as const))('program %i', (_index, twins) => {
    it('is reported, with types', () => expect(rulesOf(twins.wrong, true)).toContain(rule))
    it('is not reported when it is right, with types', () => expect(lint(twins.right, { types: true })).toEqual([]))
    it('is not reported when it is right, without types', () => expect(lint(twins.right)).toEqual([]))
    it.skipIf(twins.needsTypes)('is reported, without types', () => expect(rulesOf(twins.wrong, false)).toContain(rule))
  })
})
