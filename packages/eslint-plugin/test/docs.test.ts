import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import plugin from '../src/index.ts'
import { lint } from './lint.ts'

const folder = new URL('../docs/rules/', import.meta.url)
const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const rules = Object.entries(plugin.rules)

/** The programs under a heading of a page. */
function programsUnder(heading: string, page: string): [code: string, types: boolean][] {
  const section = page.split(/^## /m).find((each) => each.startsWith(`${heading}\n`)) ?? ''
  return [...section.matchAll(/```ts( no-types)?\n([\s\S]*?)```/g)].map((match) => [match[2]!, match[1] === undefined])
}

describe('the documentation', () => {
  it('has a page for each rule', () => {
    expect(readdirSync(folder).sort()).toEqual(rules.map(([name]) => `${name}.md`).sort())
  })

  it.each(rules)('links to the page of %s', (name, rule) => {
    const url = (rule.meta?.docs as { url?: string }).url
    expect(url).toBe(`https://github.com/asyncio-ts/asyncio-ts/blob/main/packages/eslint-plugin/docs/rules/${name}.md`)
    expect(readme).toContain(`[\`${name}\`](docs/rules/${name}.md)`)
  })

  it.each(rules)('says what %s is about, and where it is on', (name, rule) => {
    const page = readFileSync(new URL(`${name}.md`, folder), 'utf8')
    const { description, config } = rule.meta!.docs as { description: string; config: string }
    expect(page.replaceAll('`', '')).toContain(`# ${name}\n\n${description}.\n`)
    expect(page).toContain(config === 'strict' ? '\nIn `strict`.' : '\nIn `recommended` and `strict`.')
    for (const heading of ['Wrong', 'Right', 'What happens at run time', 'What is reported']) {
      expect(page).toContain(`\n## ${heading}\n`)
    }
  })

  describe.each(rules)('%s', (name) => {
    const page = readFileSync(new URL(`${name}.md`, folder), 'utf8')

    it.each(programsUnder('Wrong', page))('reports what is wrong (%#)', (code, types) => {
      expect(lint(code, { types }).join()).toContain(`${name}:`)
    })

    it.each(programsUnder('Right', page))('reports nothing of what is right (%#)', (code, types) => {
      expect(lint(code, { types })).toEqual([])
    })
  })
})
