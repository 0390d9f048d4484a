/// <reference types="vite/client" />
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { runCase } from '../src/run-case.ts'
import type { Case } from '../src/run-case.ts'

const generators = import.meta.glob<Case>('../cases/*/*/case.ts')
const asyncs = import.meta.glob<Case>('../cases/*/*/case.ts', { query: '?async' })
const compiled = import.meta.glob<Case>('../cases/*/*/case.ts', { query: '?compiled' })

/** The modules to run, as the tests of a single package name them; all of them when absent. */
const modules = process.env['CONFORMANCE_MODULES']?.split(',')
const ids = Object.keys(generators).map((path) => [path.split('/').slice(2, 4).join('/'), path] as const)
const chosen = modules === undefined ? ids : ids.filter(([id]) => modules.includes(id.split('/')[0]!))

it('is about modules that have cases', () => {
  const found = new Set(ids.map(([id]) => id.split('/')[0]))
  expect((modules ?? [...found]).filter((name) => !found.has(name))).toEqual([])
})

const traceOf = (path: string, name: string): string => new URL(path.replace('case.ts', name), import.meta.url).pathname

describe.each(chosen)('%s', (_id, path) => {
  // Such a case has to fail: whoever mends what it shows removes the file.
  const test = existsSync(traceOf(path, 'known-failure.txt')) ? it.fails : it
  const recorded = readFileSync(traceOf(path, 'trace.txt'), 'utf8')

  const different = traceOf(path, 'trace.difference.txt')
  if (existsSync(different)) {
    // CPython has a bug with an agreed right answer. The file begins with the difference.
    const expected = readFileSync(different, 'utf8').replace(/^#.*\n/gm, '')
    for (const [spelling, cases] of [['yield*', generators] as const, ['await', asyncs] as const]) {
      test(`prints what is right, and not what CPython prints, with ${spelling}`, async () => {
        expect(await runCase(await cases[path]!())).toBe(expected)
        expect(expected, 'a difference that is none').not.toBe(recorded)
      })
    }
    return
  }

  test('prints what CPython prints, with yield*', async () => {
    expect(await runCase(await generators[path]!())).toBe(recorded)
  })

  test('prints what CPython prints, compiled', async () => {
    expect(await runCase(await compiled[path]!())).toBe(recorded)
  })

  test('prints what CPython prints, with await', async () => {
    // Where microtasks interleave inside one turn the case has a trace of its own, which begins with the reason.
    const own = traceOf(path, 'trace.async.txt')
    const expected = existsSync(own) ? readFileSync(own, 'utf8').replace(/^#.*\n/gm, '') : recorded
    const trace = await runCase(await asyncs[path]!())
    if (process.env['CONFORMANCE_ASYNC_REASON'] !== undefined && trace !== expected) {
      writeFileSync(own, `# ${process.env['CONFORMANCE_ASYNC_REASON']}\n${trace}`)
      return
    }
    expect(trace).toBe(expected)
    if (!existsSync(own)) return
    expect(readFileSync(own, 'utf8'), 'a trace of its own begins with the reason').toMatch(/^# .{20}/)
    expect(trace, 'a trace of its own that is not needed').not.toBe(recorded)
  })
})
