import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../packages', import.meta.url))

function filesIn(folder: 'src' | 'test'): string[] {
  return readdirSync(root).flatMap((name) =>
    readdirSync(root.concat('/', name), { withFileTypes: true }).some((each) => each.name === folder)
      ? readdirSync(join(root, name, folder), { encoding: 'utf8', recursive: true })
          .filter((path) => path.endsWith('.ts'))
          .map((path) => join(root, name, folder, path))
      : [],
  )
}

const named = (text: string): string[] => [...text.matchAll(/Invariant (\S+?):/g)].map(([, name]) => name!)

const defined = filesIn('src').flatMap((path) => named(readFileSync(path, 'utf8')))

describe('the invariants', () => {
  it('have names that say what they are about', () => {
    expect(defined.length).toBeGreaterThan(20)
    expect(defined.filter((name) => !/^[A-Z]+-\d$/.test(name))).toEqual([])
  })

  it('have a name each', () => {
    expect(defined.filter((name, index) => defined.indexOf(name) !== index)).toEqual([])
  })

  it('exist where a test refers to them', () => {
    const subjects = new Set(defined.map((name) => name.split('-')[0]))
    const references = filesIn('test')
      .flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/\b([A-Z]{3,})-\d\b/g)])
      .filter(([, subject]) => subjects.has(subject!))
      .map(([name]) => name)
    expect(references.length).toBeGreaterThan(10)
    expect(references.filter((name) => !defined.includes(name))).toEqual([])
  })
})
