import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Intent } from './read-intent.ts'

/** Compares the names in `intent` with those in CPython's files, and returns what is wrong. */
export function checkNames(intents: Intent[], folder: string): string[] {
  const modules = [...new Set(intents.map((intent) => intent.module))]
  return modules.flatMap((module) => {
    const actual = new Set(namesIn(readFileSync(join(folder, 'test_asyncio', `${module}.py`), 'utf8')))
    const listed = new Set(intents.filter((intent) => intent.module === module).map((intent) => intent.test))
    return [
      ...[...actual].filter((name) => !listed.has(name)).map((name) => `${module} has ${name}, which is not listed`),
      ...[...listed].filter((name) => !actual.has(name)).map((name) => `${module} has no ${name}`),
    ]
  })
}

/** The tests of the classes at the top of a module, as `Class.test`. */
function namesIn(source: string): string[] {
  let className = ''
  return source.split('\n').flatMap((line) => {
    className = /^class (\w+)/.exec(line)?.[1] ?? (/^(async )?def /.test(line) ? '' : className)
    const test = /^ {4}(?:async )?def test_(\w+)/.exec(line)?.[1]
    return test !== undefined && className !== '' ? [`${className}.${test}`] : []
  })
}
