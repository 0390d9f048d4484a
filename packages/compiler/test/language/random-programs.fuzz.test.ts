import fc from 'fast-check'
import { describe, it } from 'vitest'
import { transform } from '../../src/index.ts'
import { runBoth } from './run-both.ts'

/**
 * Random programs made of everything that is compiled. A program logs what it does, so that the plain and the compiled
 * one can be compared; nothing in it depends on how many microtasks a wait takes, as there is one thread of control.
 */
const names = ['n1', 'n2', 'n3', 'n4']
const name = fc.constantFrom(...names)

/** A text without a name that has no value yet where it stands. */
const hidden = (text: string, word: string): string => text.replaceAll(new RegExp(`\\b${word}\\b`, 'g'), 'z')

interface Grammar {
  expression: string
  statement: string
}

const { statement } = fc.letrec<Grammar>((tie: fc.LetrecTypedTie<Grammar>) => {
  const sub = tie('expression')
  const body = fc.array(tie('statement'), { maxLength: 3 }).map((list) => list.join(' '))
  const joined = <T extends fc.Arbitrary<string>[]>(...parts: T) =>
    fc.tuple<{ [K in keyof T]: string }>(...(parts as never))
  const parameters = fc.constantFrom(
    '',
    'n1',
    'n1, n2',
    'n1 = 1',
    '{ n1 = 2, n2 } = {}',
    '...n1',
    'n1, [n2] = [3]',
    'n3 = n1',
    'n4 = async () => n4',
  )
  const kinds = fc.constantFrom('async function', 'async function*')
  const call = (callee: string): string => `await drain(${callee})`
  return {
    expression: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.integer({ min: 0, max: 5 }).map(String),
      name,
      fc.constantFrom('this?.v', 'undefined', '"s"', 'typeof x', 'arguments.length'),
      joined(sub).map(([x]) => `(await ${x})`),
      joined(sub).map(([x]) => `(await Promise.resolve(${x}))`),
      joined(sub, sub, fc.constantFrom('+', '===', '&&', '||', '??', ',')).map(
        ([x, y, op]) => `(${op === '??' ? `(${x}) ?? (${y})` : `${x} ${op} ${y}`})`,
      ),
      joined(sub, sub, sub).map(([x, y, z]) => `(${x} ? ${y} : ${z})`),
      joined(sub, sub).map(([x, y]) => `[${x}, ...(await [${y}])]`),
      joined(sub, sub).map(([x, y]) => `({ a: ${x}, [await "k"]: ${y} })`),
      joined(name, sub).map(([x, y]) => `(${x} = ${y})`),
      joined(name, sub).map(([x, y]) => `(${x} += await ${y})`),
      joined(sub).map(([x]) => `\`t\${await ${x}}\``),
      joined(sub).map(([x]) => `(${x})?.a`),
      joined(parameters, sub, sub).map(([p, x, y]) => call(`(async (${p}) => ${x})(${y})`)),
      joined(parameters, body, sub).map(([p, b, x]) => call(`(async (${p}) => { ${b} })(${x})`)),
      joined(kinds, parameters, body, sub).map(([k, p, b, x]) => call(`(${k} (${p}) { ${b} }).call({ v: 1 }, ${x})`)),
      joined(parameters, body, sub).map(([p, b, x]) => call(`({ v: 2, async m(${p}) { ${b} } }).m(${x})`)),
      joined(parameters, body, sub).map(([p, b, x]) =>
        call(
          `new (class extends Base { v = 3; #p = 4; async m(${p}) { log(this.#p, super.v, await super.m(1)); ${b} } })().m(${x})`,
        ),
      ),
      joined(sub, sub).map(([x, y]) =>
        call(`new (class { f = async () => ${x}; static async s() { return ${y} } })().f()`).replaceAll(
          'arguments',
          'names',
        ),
      ),
    ),
    statement: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      joined(sub).map(([x]) => `log(${x});`),
      joined(sub).map(([x]) => `${x.startsWith('{') ? '' : `await ${x}`};`),
      joined(name, sub).map(
        ([x, y]) =>
          `{ let ${x} = ${hidden(y, x)}; log(${x}); const f = async () => { ${x} = 1; await 0; return ${x} }; log(await f(), ${x}) }`,
      ),
      joined(sub, body, body).map(([x, y, z]) => `if (${x}) { ${y} } else { ${z} }`),
      joined(name, sub, body).map(
        ([x, y, z]) =>
          `for (const ${x} of [1, await (async () => (${hidden(y, x)}))()]) { ${z.replaceAll(new RegExp(`(?<!let )\\b${x} (\\+?=)`, 'g'), 'z $1')} fs.push(async () => ${x}) }`,
      ),
      joined(name, body, fc.constantFrom('break', 'continue', '')).map(
        ([x, y, z]) => `for await (${x} of source(2)) { ${y} ${z} }`,
      ),
      joined(body, fc.constantFrom('break l', 'continue l', '')).map(
        ([x, y]) =>
          `l: for await (const { v = await 3 } of [{}, { v: 1 }]) { log(v); for await (const w of source(2)) { ${x} ${y} } }`,
      ),
      joined(body, fc.constantFrom('break', '')).map(
        ([x, y]) => `for (let i = 0; i < 2; i++) { ${x} fs.push(async () => i); ${y} }`,
      ),
      joined(body, body, body).map(([x, y, z]) => `try { ${x} } catch (e) { log('caught', e); ${y} } finally { ${z} }`),
      joined(sub).map(([x]) => `throw new Error(String(typeof ${x}));`),
      joined(sub).map(([x]) => `return ${x};`),
      joined(parameters, body).map(([p, b]) => `{ log(await drain(inner(1))); async function inner(${p}) { ${b} } }`),
      joined(sub, sub).map(
        ([x, y]) => `switch (${x}) { case ${y}: log('case'); case 1: { log(1); break } default: log('default') }`,
      ),
      joined(body).map(([x]) => `{ await using r = resource(log); ${x} }`),
      joined(body).map(
        ([x]) =>
          `log(await drain((async function* () { yield 1; try { ${x} yield* source(1); } finally { log('gen') } })()));`,
      ),
    ),
  }
})

const kit = `
let z = 0, steps = 0
const fs = []
class Base { get v() { return 'base' } async m(x) { await 0; return [x, this.v] } }
const source = (n) => ({ [Symbol.asyncIterator]() { let i = 0; return { async next() { log('next', i); return { done: i >= n, value: i++ } }, async return() { log('closed'); return {} } } } })
const resource = (log) => ({ async [Symbol.asyncDispose ?? Symbol.for('asyncDispose')]() { await 0; log('disposed') } })
async function drain(x) {
  if (x?.[Symbol.asyncIterator] === undefined) return await x
  if (steps++ > 60) return 'enough'
  const all = []; for await (const y of x) all.push(y); return all
}
Symbol.asyncDispose ??= Symbol.for('asyncDispose')
`

const program = fc
  .array(statement, { minLength: 1, maxLength: 5 })
  .map(
    (statements) =>
      `${kit} async function main(x) { let n1 = 1, n2 = 2, n3 = 3, n4 = 4; try { ${statements.join('\n')} } finally { for (const f of fs.splice(0, 9)) try { log(await drain(f())) } catch (e) { log(e) } log(n1, n2, n3, n4) } }`,
  )

/** Pieces of the grammar do not always fit: a `return` where none can be, a name declared twice. */
function isProgram(source: string): boolean {
  try {
    transform(`'use strict';${source}`, { filename: 'case.js', module: 'cjs' })
    return true
  } catch (error) {
    if (error instanceof SyntaxError) return false
    throw error
  }
}

describe('a random program', () => {
  it.each([false, true])('says the same plain and compiled, strict: %s', async (strict) => {
    await fc.assert(
      fc.asyncProperty(program, async (source) => {
        fc.pre(isProgram(source))
        await runBoth(source, { strict })
      }),
      { numRuns: Number(process.env['FUZZ'] ?? 25), maxSkipsPerRun: 1000 },
    )
  })
})
