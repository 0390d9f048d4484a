import { describe, expect, it } from 'vitest'
import { plainFunctionsIn, runBoth } from './run-both.ts'

/** A title, and a program. Each runs sloppy and strict. */
export const cases: [title: string, source: string][] = [
  ['a declaration', 'async function main() { await sleep(); log(1); return 2 }'],
  ['a declaration that throws', "async function main() { await sleep(); throw new Error('no') }"],
  [
    'a declaration that throws before it waits',
    "async function f() { throw new Error('no') } async function main() { try { const p = f(); log('made'); await p } catch (e) { log(e) } }",
  ],
  [
    'what runs up to the first wait runs in the call',
    "async function f() { log('a'); await 0; log('b') } async function main() { const p = f(); log('c'); await p }",
  ],
  [
    'a hoisted declaration',
    'const p = early(); async function early() { await 0; return 7 } async function main() { log(await p) }',
  ],
  [
    'a declaration of the same name twice',
    'async function main() { async function f() { return 1 } async function f() { return 2 } return f() }',
  ],
  [
    'the name and length of declarations',
    'async function f(a, b, c = 1, ...d) {} async function g() {} async function main() { log(f.name, f.length, g.name, g.length) }',
  ],
  [
    'the name and length of expressions',
    `
    const a = async function () {}, b = async () => {}, c = async x => x, d = async function e(x, y) {}
    const o = { f: async () => {}, 'g-h': async function (x) {}, [\`i\${1}\`]: async (x, y) => {}, async j(x) {}, async [\`k\${2}\`]() {}, async 'l m'() {}, async 1() {} }
    let n; n = async () => {}
    const { p = async () => {} } = {}
    const [q = async function () {}] = []
    async function main() {
      for (const f of [a, b, c, d, ...Object.values(o), n, p, q, async () => {}, (async () => {})]) log(f.name, f.length)
    }`,
  ],
  [
    'lengths with patterns and defaults',
    `
    const fs = [async ({ a }, b) => {}, async (a, [b], ...c) => {}, async (a = 1, b) => {}, async function ({ a } = {}, b) {}, async (...a) => {}, async ([a]) => {}]
    async function main() { for (const f of fs) log(f.length) }`,
  ],
  [
    'new throws',
    `
    async function f() {} const g = async function () {}, h = async () => {}, o = { async m() {} }
    async function main() { for (const x of [f, g, h, o.m]) try { new x(); log('made') } catch (e) { log(e) } }`,
  ],
  [
    'recursion',
    'async function fib(n) { return n < 2 ? n : (await fib(n - 1)) + (await fib(n - 2)) } async function main() { log(await fib(9)) }',
  ],
  [
    'recursion by the own name of an expression',
    'const f = async function fact(n) { return n ? n * await fact(n - 1) : 1 }; async function main() { const g = f; log(await g(5), typeof fact) }',
  ],
  [
    'an own name that a parameter or variable hides',
    'const f = async function g(g) { return g }, h = async function i() { var i = 3; return i }; async function main() { log(await f(1), await h()) }',
  ],
  [
    'assignment to the own name',
    'const f = async function g() { try { g = 1 } catch (e) { log(e) } return typeof g }; async function main() { log(await f()) }',
  ],
  [
    'this',
    `
    async function f() { await 0; return this && this.x }
    const g = async function () { return this === undefined ? 'none' : typeof this }
    const o = { x: 3, f, async m() { return this.x }, n: async function () { await 0; return this.x } }
    async function main() { log(await o.f(), await o.m(), await o.n(), await f.call({ x: 4 }), await g.call(5), await g(), await g.call(null)) }`,
  ],
  [
    'this of arrows',
    `
    function make() { return async () => { await 0; return this.x } }
    const o = { x: 1, m() { return async (a) => (await a) + this.x }, async n() { const f = async () => { await 0; return async () => this.x }; return (await f())() } }
    async function main() { log(await make.call({ x: 2 })(), await o.m()(5), await o.n()) }`,
  ],
  [
    'arguments',
    `
    async function f() { await 0; return [arguments.length, ...arguments] }
    async function g(a, b) { await 0; return [a, b, arguments.length, arguments[2]] }
    async function h({ a } = {}) { return [a, arguments.length] }
    const o = { async m(a) { return arguments.length } }
    async function main() { log(await f(1, 2), await f(), await g(1), await g(1, 2, 3), await h({ a: 1 }, 2), await h(), await o.m(1, 2, 3)) }`,
  ],
  [
    'arguments that are bound to parameters',
    'async function f(a) { arguments[0] = 9; await 0; const x = a; a = 3; return [x, arguments[0]] } async function main() { log(await f(1), await f()) }',
  ],
  [
    'arguments seen by arrows',
    `
    function f(a) { return async (b) => { await 0; return [...arguments, b] } }
    function g() { const h = async () => { const i = async () => { await 0; return { arguments } }; return i() }; return h() }
    async function k(a) { const l = async () => { await 0; return arguments.length }; return l() }
    function m() { return () => async () => arguments[0] }
    async function main() { log(await f(1, 2)(3), (await g(7)).arguments.length, await k(1, 2, 3), await m(5)()()) }`,
  ],
  [
    'arguments as the name of a variable',
    "async function main() { const f = new Function('return (async (x) => { var arguments = 4; await 0; return arguments })(1)'); return f() }",
  ],
  [
    'new.target',
    `
    function F() { this.f = async () => { await 0; return new.target === F } }
    async function g() { return new.target }
    async function h() { const i = async () => new.target; return i() }
    async function main() { log(await new F().f(), await g(), await h()) }`,
  ],
  [
    'defaults',
    `
    let count = 0
    async function f(a, b = ++count, c = a + b, { d = c } = {}) { await 0; return [a, b, c, d] }
    const g = async (a = 1, b = a) => [a, b]
    async function main() { log(await f(1), await f(1, undefined, 5, { d: 6 }), await g(), await g(undefined, 3), count) }`,
  ],
  [
    'parameters that throw reject',
    `
    const bad = () => { throw new Error('bad') }
    async function f(a = bad()) {} const g = async ({ a }) => a, h = async ([a]) => a, k = async (a = missing) => a
    const o = { async m({ x: { y } }) { return y } }
    async function main() {
      for (const call of [() => f(), () => g(), () => h(1), () => k(), () => o.m({})]) {
        let p; try { p = call(); log('called') } catch (e) { log('thrown at once', e) }
        try { await p } catch (e) { log(e) }
      }
    }`,
  ],
  [
    'defaults are evaluated in the call',
    "const f = async (a = log('default')) => { await 0 }; async function main() { const p = f(); log('after'); await p }",
  ],
  [
    'rest parameters and patterns',
    `
    async function f(a, ...[b, { c = 4, ...d }]) { return [a, b, c, d] }
    const g = async (...all) => all.length, h = async ({ a: [b], ...c }, ...d) => [b, c, d]
    async function main() { log(await f(1, 2, { e: 5 }), await g(1, 2, 3), await h({ a: [1], x: 2 }, 3, 4)) }`,
  ],
  [
    'functions in defaults',
    `
    async function f(a, g = async () => a, h = async function () { return this }, k = async () => { await 0; return [a, await g()] }) { a = 5; return [await g(), typeof await h(), await k()] }
    function m(x, y = async (z = x) => { await 0; return z }) { return y() }
    async function main() { log(await f(1), await m(8)) }`,
  ],
  [
    'a default that sees the name that the body hides',
    'var x = 1; async function f(a = async () => x) { var x = 2; await 0; return [await a(), x] } async function main() { log(await f()) }',
  ],
  [
    'closures over loops',
    `
    async function main() {
      const fs = []
      for (let i = 0; i < 3; i++) fs.push(async () => { await 0; return i })
      for (const x of [1, 2]) fs.push(async () => { await 0; return x })
      for (const x of [3, 4]) { let y = x; fs.push(async () => { await 0; return y++ }) }
      for (var v = 0; v < 2; v++) fs.push(async () => v)
      for (const k in { a: 1, b: 2 }) { fs.push(async () => k) }
      let w = 0; while (w < 2) { const z = w++; fs.push(async () => z + w) }
      log(await Promise.all(fs.map((f) => f())), await Promise.all(fs.map((f) => f())))
    }`,
  ],
  [
    'closures over what changes',
    `
    async function main() {
      let n = 0; const inc = async () => { await 0; n++ }
      await Promise.all([inc(), inc()]); log(n)
      const get = async () => n; n = 10; log(await get())
      var late = async () => after; const after = 6; log(await late())
    }`,
  ],
  [
    'a constant that has no value yet when the arrow begins',
    `
    async function main() {
      const first = (async () => { await 0; return second })()
      const second = 5
      log(await first)
      function early() { return async () => { await 0; return third } }
      const e = early()(); const third = 6; log(await e)
      try { await (async () => fourth)() } catch (error) { log(error) } const fourth = 1
    }`,
  ],
  [
    'nested functions',
    `
    function a(x) { let n = x; async function b(y) { n += y; const c = async (z) => { await 0; n += z; return async () => ({ x, y, z, n }) }; return c(3) } return b(2) }
    async function main() { log(await (await a(1))(), await (await a(10))()) }`,
  ],
  [
    'generators and async functions in each other',
    `
    function* g() { const f = async () => { await 0; return 1 }; yield f(); yield async () => 2 }
    async function h() { function* i() { yield 1; yield* [2, 3] } await 0; return [...i()] }
    async function main() { for (const x of g()) log(await (typeof x === 'function' ? x() : x)); log(await h()) }`,
  ],
  [
    'immediately called',
    'async function main() { log(await (async () => 1)(), await (async function () { return 2 })(), await (async (x) => { await x; return x })(3)) }',
  ],
  [
    'block-level declarations',
    'async function main() { { async function f() { return 1 } log(await f()) } if (true) { async function g() { await 0; return 2 } log(await g()) } switch (1) { case 1: async function h() { return 3 } log(await h()) } }',
  ],
  [
    'a block-level declaration does not leak',
    "var f = 'outer'; async function main() { { async function f() {} log(typeof f) } log(typeof f) }",
  ],
  [
    'directives',
    "async function f() { 'use strict'; await 0; return this } async function main() { log(await f(), await f.call(1)) }",
  ],
  [
    'names that are taken',
    'const call$ = 1, register$ = 2, main$ = 3, s0$ = 4; async function main() { await 0; return [call$, register$, main$, s0$] }',
  ],
  [
    'returning promises and thenables',
    "async function main() { const f = async () => Promise.resolve(1), g = async () => ({ then(r) { r(2) } }), h = async () => { try { return Promise.reject(new Error('late')) } catch { return 'caught' } }; log(await f(), await g()); try { await h() } catch (e) { log(e) } }",
  ],
  [
    'comments in odd places',
    'const f = async /* a ( => */ (/* b */ x /* c => */) /* d */ => /* e */ x, g = async /* ( */ y /* => */ => y; async /* 1 */ function /* 2 */ h /* 3 */ (/* 4 */) /* 5 */ { /* 6 */ await /* 7 */ 0 } async function main() { log(await f(1), await g(2), await h()) }',
  ],
  [
    'without semicolons',
    `
    const a = async () => 1
    const b = async () => {
      await 0
      await a() || log('no')
      let x = 1
      await a() && log('yes', x)
      if (x)
        await a() || 1
      else
        await a() && 2
      const y = x
      await (await a)()
      return y
    }
    async function main() {
      log('s')
      await b()
      async () => {}
      async x => x
      return 1
    }`,
  ],
  [
    'calls of methods on what was awaited',
    "async function main() { log((await 'abc').length, (await [3])[0], (await { m() { return this.v }, v: 4 }).m(), await (await (() => 5))()) }",
  ],
]

describe.each([false, true])('functions, strict: %s', (strict) => {
  it.each(cases)('%s', async (_title, source) => {
    await runBoth(source, { strict })
  })
})

describe('what is compiled', () => {
  it.each(cases.filter(([title]) => !/own name$|variable$|leak|bound/.test(title)))(
    'is everything: %s',
    async (_title, source) => {
      const { code } = await runBoth(source)
      expect(plainFunctionsIn(code.replace(/\/\*.*?\*\/|"[^"]*"/g, ''))).toBe(0)
    },
  )
})
