import { isGeneratorFunction, reprOf } from '@asyncio-ts/core/primitives'
import { freeVariables } from './free-variables.ts'
import type { FreeVariables } from './free-variables.ts'
import { definitions, givenNames, nameKeepersIn } from './given-names.ts'
import { parser } from './parser.ts'

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
 * @throws TypeError if it is not a function, or if it refers to variables outside of it; the message names them
 */
export function checkSelfContained(fn: unknown, known: { has(source: string): boolean }): SelfContained {
  if (typeof fn !== 'function') throw new TypeError(`An executor calls functions, got ${reprOf(fn)}.`)
  const source = Function.prototype.toString.call(fn)
  const name = fn.name === '' ? 'This function' : `'${fn.name}'`
  if (NATIVE.test(source)) {
    throw new TypeError(`${name} is native or bound, so it has no text to send to a worker. Wrap it in a function.`)
  }
  if (isGeneratorFunction(fn)) {
    throw new TypeError(`${name} is a generator function. An executor calls plain functions and async functions.`)
  }
  if (/^class\b/.test(source)) throw new TypeError(`${name} is a class. An executor calls functions.`)
  if (known.has(source)) return { source, program: '' }
  const { expression, free, nameKeepers } = read(source, name)
  const given = givenNames(source, nameKeepers)
  const missing = [...free].filter((each) => !given.has(each) && !(each in globalThis))
  if (missing.length > 0) throw refusal(name, missing)
  // The last line makes stack traces name the function instead of an anonymous evaluation.
  const program = `'use strict'\n${definitions(given)}return ${expression}\n//# sourceURL=asyncio-ts:${encodeURI(fn.name)}`
  return { source, program }
}

/**
 * Finds an expression that creates the function again. The text of a method is not an expression by itself.
 *
 * Without a parser nothing is known of outer variables: the worker will say what it misses.
 */
function read(source: string, name: string): FreeVariables & { readonly expression: string } {
  const parse = parser()
  for (const expression of [`(${source})`, `Object.values({ ${source} })[0]`]) {
    try {
      if (parse !== null) return { expression, ...freeVariables(parse, expression) }
      new Function(`return ${expression}`)
      return { expression, free: new Set(), nameKeepers: nameKeepersIn(source) }
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
    }
  }
  throw new TypeError(`The text of ${name} cannot be read, so it cannot be sent to a worker. Use workerFunction().`)
}

function refusal(name: string, free: string[]): TypeError {
  const names = free.map((each) => `'${each}'`).join(', ')
  return new TypeError(
    `${name} refers to ${names} outside of it, which a worker does not have. Pass it as an argument, or export the ` +
      'function from a module and pass workerFunction(moduleUrl, name).',
  )
}
