/**
 * Counts the type assertions in the published sources: `as T` and `x!`. `as const` and renames in imports are none.
 *
 * `npm run casts` prints a table of the packages, `-- --list` every assertion with its place. An assertion counts as
 * explained when a comment stands in its line or right above the statement that it is in.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import ts from 'typescript'

const root = fileURLToPath(new URL('..', import.meta.url))

type Kind = 'as' | '!'

interface Assertion {
  kind: Kind
  line: number
  text: string
  isExplained: boolean
}

function kindOf(node: ts.Node): Kind | null {
  if (ts.isNonNullExpression(node)) return '!'
  if (ts.isAsExpression(node) || ts.isTypeAssertionExpression(node)) {
    return ts.isConstTypeReference(node.type) ? null : 'as'
  }
  return null
}

function hasCommentBeside(file: ts.SourceFile, node: ts.Node): boolean {
  const text = file.getFullText()
  const { line } = file.getLineAndCharacterOfPosition(node.getEnd())
  const lineEnd = file.getLineStarts()[line + 1] ?? text.length
  if (/\/\/|\/\*/.test(text.slice(node.getEnd(), lineEnd))) return true
  for (let at: ts.Node = node; !ts.isSourceFile(at); at = at.parent) {
    if (!ts.isStatement(at) && !ts.isClassElement(at)) continue
    return !ts.isBlock(at) && (ts.getLeadingCommentRanges(text, at.getFullStart()) ?? []).length > 0
  }
  return false
}

function assertionsOf(path: string, text: string): Assertion[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const found: Assertion[] = []
  const visit = (node: ts.Node): void => {
    const kind = kindOf(node)
    if (kind !== null) {
      const { line } = file.getLineAndCharacterOfPosition(node.getEnd())
      found.push({ kind, line: line + 1, text: node.getText(file), isExplained: hasCommentBeside(file, node) })
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

function sourcesOf(name: string): string[] {
  const folder = join(root, 'packages', name, 'src')
  return readdirSync(folder, { encoding: 'utf8', recursive: true })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => join(folder, path))
    .sort()
}

function isPublished(name: string): boolean {
  return JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8')).private !== true
}

const { values } = parseArgs({ options: { list: { type: 'boolean', default: false } } })
const row = (...cells: (string | number)[]): void =>
  console.log(cells.map((cell, index) => String(cell)[index ? 'padStart' : 'padEnd'](index ? 12 : 14)).join(''))
const totals = { as: 0, '!': 0, explained: 0 }
row('package', 'as', '!', 'explained')
for (const name of readdirSync(join(root, 'packages')).filter(isPublished)) {
  const sums = { as: 0, '!': 0, explained: 0 }
  for (const path of sourcesOf(name)) {
    for (const { kind, line, text, isExplained } of assertionsOf(path, readFileSync(path, 'utf8'))) {
      sums[kind]++
      if (isExplained) sums.explained++
      if (values.list) {
        console.log(`${relative(root, path)}:${line} ${isExplained ? '  ' : '? '}${text.replace(/\s+/g, ' ')}`)
      }
    }
  }
  row(name, sums.as, sums['!'], sums.explained)
  totals.as += sums.as
  totals['!'] += sums['!']
  totals.explained += sums.explained
}
row('all', totals.as, totals['!'], totals.explained)
