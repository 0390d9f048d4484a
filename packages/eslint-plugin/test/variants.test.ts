import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { lint } from './lint.ts'

interface Variant {
  /** The rule that has to report it; `right` where none may. */
  readonly rule: string
  readonly title: string
  readonly code: string
  readonly needsTypes: boolean
}

/** Reads programs, each after a line like `=== no-milliseconds: a product`, or `=== right: whole minutes`. */
function variantsIn(text: string): Variant[] {
  return text
    .split(/^=== /m)
    .slice(1)
    .map((block) => {
      const end = block.indexOf('\n')
      const [, rule, types, title] = /^([\w-]+)(\(types\))?: (.*)$/.exec(block.slice(0, end))!
      return { rule: rule!, title: title!, code: block.slice(end + 1), needsTypes: types !== undefined }
    })
}

const folder = new URL('variants/', import.meta.url)
const files = readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder), 'utf8')] as const)
const rulesOf = (problems: string[]): string[] => problems.map((problem) => problem.split(':')[0]!)

describe.each(files)('%s', (_name, text) => {
  const variants = variantsIn(text).map((variant) => [`${variant.rule}: ${variant.title}`, variant] as const)

  it.each(variants)('%s, with types', (_title, { rule, code }) => {
    const problems = lint(code, { types: true })
    if (rule === 'right') expect(problems).toEqual([])
    else expect(rulesOf(problems)).toContain(rule)
  })

  it.each(variants)('%s, without types', (_title, { rule, code, needsTypes }) => {
    const problems = lint(code)
    if (rule === 'right') expect(problems).toEqual([])
    else if (needsTypes) expect(rulesOf(problems)).not.toContain(rule)
    else expect(rulesOf(problems)).toContain(rule)
  })
})
