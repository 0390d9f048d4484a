import { isGeneratorFunction, reprOf } from '@asyncio-ts/core/primitives'
import { freeVariables } from './free-variables.ts'
import { parser } from './parser.ts'

/** What a self-contained function finds in its worker beside the globals; `__name` comes from compilers. */
const GIVEN = new Set(['executorSignal', 'transfer', '__name', 'undefined'])

const NATIVE = /\{\s*\[native code\]\s*\}\s*$/

/** The text of a function, and the program that makes it again. */
export interface SelfContained {
  readonly source: string
  readonly program: string
}

/**
 * Checks that a function can be called where nothing of its surroundings exists, and returns its text.
 *
 * @param known - texts that have been checked before
 * @throws TypeError when it is no function, or refers to variables outside of it: the message names them
 */
export function checkSelfContained(fn: unknown, known: { has(source: string): boolean }): SelfContained {
  if (typeof fn !== 'function') throw new TypeError(`An executor calls functions, got ${reprOf(fn)}.`)
  const source = Function.prototype.toString.call(fn)
  const name = fn.name === '' ? 'This function' : `'${fn.name}'`
  if (NATIVE.test(source)) {
    throw new TypeError(`${name} is native or bound, and has no text to send to a worker: wrap it in a function.`)
  }
  if (isGeneratorFunction(fn)) {
    throw new TypeError(`${name} is a generator function: an executor calls plain functions and async functions.`)
  }
  if (/^class\b/.test(source)) throw new TypeError(`${name} is a class: an executor calls functions.`)
  if (known.has(source)) return { source, program: '' }
  const { expression, free } = read(source, name)
  const missing = free.filter((each) => !GIVEN.has(each) && !(each in globalThis))
  if (missing.length > 0) throw refusal(name, missing)
  // The first line makes stack traces name the function instead of an anonymous evaluation.
  return { source, program: `'use strict'\nreturn ${expression}\n//# sourceURL=asyncio-ts:${encodeURI(fn.name)}` }
}

/**
 * Finds the expression that makes the function again: a method's text is none by itself.
 *
 * Without a parser nothing is known of outer variables: the worker will say what it misses.
 */
function read(source: string, name: string): { expression: string; free: string[] } {
  const parse = parser()
  for (const expression of [`(${source})`, `Object.values({ ${source} })[0]`]) {
    try {
      if (parse !== null) return { expression, free: [...freeVariables(parse, expression)] }
      new Function(`return ${expression}`)
      return { expression, free: [] }
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
    }
  }
  throw new TypeError(`The text of ${name} cannot be read, so it cannot be sent to a worker: use workerFunction().`)
}

function refusal(name: string, free: string[]): TypeError {
  const names = free.map((each) => `'${each}'`).join(', ')
  return new TypeError(
    `${name} refers to ${names} outside of it, which a worker does not have. Pass it as an argument, or export the ` +
      'function from a module and pass workerFunction(moduleUrl, name).',
  )
}
