import { executorSignal } from './executor-signal.ts'
import { transfer } from './transfer.ts'

/** What compilers write for a call of something imported: `(0, executors_1.transfer)(`. People do not write it. */
const IMPORTED_CALL = /\(0,\s*([\w$]+)\.(?:executorSignal|transfer)\)\s*\(/g

/**
 * How a program keeps the name of a function: `r(() => 1, "inner")`, `r(inner, "inner")`, `r(this, "Inner")`.
 *
 * Without a parser only the beginning can be recognised. The worker's `__name` accepts nothing else.
 */
const KEPT_NAME =
  /(?<![\w$.])([A-Za-z_$][\w$]?|__name\d*)\((?:async\b|function\b|class\b|\([\w$,\s]*\)\s*=>|[\w$]+\s*=>|[\w$]+,\s*["'])/g

/** The names of the helper that keeps the names of functions, as far as can be seen without a parser. */
export function nameKeepersIn(source: string): Set<string> {
  const names = [...source.matchAll(KEPT_NAME)].map(([, name]) => name ?? '__name')
  return new Set(names.filter((name) => !(name in globalThis)))
}

/** The name that a bundler has given to a function: its text tells. */
function nameInBundle(fn: (...args: never[]) => unknown): string | undefined {
  return /^function\s+([\w$]+)/.exec(Function.prototype.toString.call(fn))?.[1]
}

/**
 * Returns the names, other than globals, that a function can use in its worker: what this package provides, and a
 * compiler's helper. A bundler may have renamed them.
 *
 * @returns for each name an expression of what it stands for; the worker knows the three in them
 */
export function givenNames(source: string, nameKeepers: Iterable<string>): Map<string, string> {
  const given = new Map([...nameKeepers].map((name) => [name, '__name']))
  for (const [, name] of source.matchAll(IMPORTED_CALL)) if (name) given.set(name, '{ executorSignal, transfer }')
  given.set(nameInBundle(executorSignal) ?? 'executorSignal', 'executorSignal')
  given.set(nameInBundle(transfer) ?? 'transfer', 'transfer')
  for (const name of ['executorSignal', 'transfer', '__name']) given.set(name, name)
  return given.set('undefined', 'undefined')
}

/** Defines those that the worker does not know by these names. */
export function definitions(given: ReadonlyMap<string, string>): string {
  const renamed = [...given].filter(([name, value]) => name !== value)
  return renamed.map(([name, value]) => `const ${name} = ${value}\n`).join('')
}
