import { describe, expect, it } from 'vitest'
import { plainFunctionsIn, runBoth } from './run-both.ts'

const cases: [title: string, source: string][] = [
  [
    'methods',
    `
    class A { x = 1; async m(a, b = 2) { await 0; return [this.x, a, b] } static async s() { await 0; return this.name } async 'q r'() { return 1 } async 5() { return 2 } }
    async function main() { const a = new A(); log(await a.m(3), await A.s(), await a['q r'](), await a[5](), A.prototype.m.name, A.prototype.m.length, A.s.name) }`,
  ],
  [
    'methods are no constructors, and have no prototype',
    'class A { async m() {} } async function main() { try { new (new A().m)() } catch (e) { log(e) } log("prototype" in A.prototype.m) }',
  ],
  [
    'methods are not enumerable',
    'class A { async m() {} static async s() {} } async function main() { log(Object.keys(A.prototype), Object.keys(A), Object.getOwnPropertyNames(A.prototype)) }',
  ],
  [
    'private methods, fields and static ones',
    `
    class A {
      #x = 1; static #y = 2
      async #m(a) { await 0; return this.#x + a } static async #s() { await 0; return A.#y }
      async run() { this.#x++; return [await this.#m(10), await A.#s(), #x in this, #m in {}] }
      static async has(o) { try { return await o.#m(1) } catch (e) { return e.name } }
    }
    async function main() { log(await new A().run(), await A.has(new A()), await A.has({})) }`,
  ],
  [
    'private names reached through parameters',
    `
    class A { #x; constructor(x) { this.#x = x } async same(o) { await 0; return this === undefined ? o.#x : this.#x === o.#x } }
    async function main() { const a = new A(1); log(await a.same(new A(1)), await a.same.call(undefined, new A(3))); try { await a.same({}) } catch (e) { log(e) } }`,
  ],
  [
    'private names in arrows and nested functions',
    `
    class A { #x = 1; f = async () => { await 0; return this.#x++ }; async m() { const g = async (o) => { await 0; const h = async () => o.#x; return h() }; return g(this) } get() { return async () => { await 0; return this.#x } } }
    async function main() { const a = new A(); log(await a.f(), await a.f(), await a.m(), await a.get()()) }`,
  ],
  [
    'classes in functions',
    `
    function make(n) { let count = n; return class { #p = count++; async m() { await 0; return [this.#p, count, n] } static async s() { return count } } }
    async function main() { const A = make(1), B = make(10); log(await new A().m(), await new B().m(), await new A().m(), await A.s(), await B.s()) }`,
  ],
  [
    'mixins',
    `
    const M = (Base) => class extends Base { #x = 1; async m() { this.#x++; return [this.#x, await super.m()] } }
    class A { async m() { return 'a' } } class B { m() { return 'b' } }
    async function main() { const X = M(A), Y = M(B), Z = M(X); log(await new X().m(), await new Y().m(), await new Z().m()) }`,
  ],
  [
    'classes made in a loop',
    `
    async function main() { const all = []; for (let i = 0; i < 2; i++) all.push(class { #x = i; async m() { await 0; return this.#x } }); let j = 0; while (j < 2) all.push(class { static z = j++; #y = j; async m() { await 0; return this.#y } }); for (const C of all) log(await new C().m()) }`,
  ],
  [
    'super',
    `
    class A { get v() { return this.w } async m(a) { await 0; return ['A.m', this.w, a] } n(...a) { return a } static async s() { return 'A.s' } t(strings, x) { return [this.w, strings[0], x] } }
    class B extends A {
      w = 5
      async m(a) { await 0; return [await super.m(a), super.v, super['n'](1, await 2), super.missing?.(1), super.n?.(3), typeof super.toString] }
      async k() { const f = async () => { await 0; return super.m(7) }; const g = () => super.n(8); return [await f(), g()] }
      static async s() { return [await super.s(), super.name] }
      plain() { return (async () => { await 0; return (async () => [await super.m(9), super.v])() })() }
      async t() { return super.t\`a\${await 1}\` }
      field = async () => super.m(11)
      async [Symbol.iterator]() { return super.n(...arguments) }
      async args(a) { a = 2; await 0; return [super.n(...arguments), arguments.length, a, await (async () => arguments[0])()] }
    }
    async function main() { const b = new B(); log(await b.m(6)); log(await b.k()); log(await B.s()); log(await b.plain()); log(await b.t()); log(await b.field()); log(await b[Symbol.iterator](1, 2)); log(await b.args(1, 9)) }`,
  ],
  [
    'super of objects',
    `
    const p = { m(a) { return [this.x, a] } }
    const o = { __proto__: p, x: 2, async m(a) { await 0; return [super.m(a), super.x] }, async n() { return async () => super.m(await 3) } }
    async function main() { log(await o.m(1), await (await o.n())()) }`,
  ],
  [
    'what assigns to super',
    `
    class A { set v(x) { log('set', x, this.y) } } class B extends A { y = 1; async m() { await 0; super.v = 5; super.z = 3; return [this.z, Object.hasOwn(this, 'z')] } }
    async function main() { log(await new B().m()) }`,
  ],
  [
    'methods on something else',
    `
    class A { x = 1; async m() { await 0; return this?.x } } class B extends A { async m() { return super.m() } }
    async function main() { log(await A.prototype.m.call({ x: 2 }), await A.prototype.m.call(undefined), await B.prototype.m.call({ x: 3 })) }`,
  ],
  [
    'fields',
    `
    const key = 'k'
    class A { n = 1; a = async () => { await 0; return this.n }; b = async function () { return this.n }; [key] = async (x) => x + this.n; static c = async () => { await 0; return this.name }; #d = async () => this.n; d() { return this.#d() }; 'e f' = async () => 1 }
    async function main() { const a = new A(); log(await a.a(), await a.b(), await a.k(2), await A.c(), await a.d(), a.a.name, a.b.name, a.k.name, A.c.name, a['e f'].name) }`,
  ],
  [
    'fields that close over more',
    `
    function make(x) { let y = x; return class A { z = y++; f = async () => { await 0; return [this.z, x, y, A.name] } } }
    async function main() { const A = make(1); log(await new A().f(), await new A().f()) }`,
  ],
  [
    'static blocks',
    `
    const out = []
    class A { static n = 1; static { let m = 2; const f = async () => { await 0; m++; return [this.n, m, A.name] }; out.push(f); async function g() { return m } out.push(g) } }
    async function main() { for (const f of out) log(await f()) }`,
  ],
  [
    'methods called while the class is made',
    `
    const out = []; class A { static #p = 4; static async m() { await 0; return A.#p } static x = out.push(A.m()); static { out.push(this.m()) } static y = A.m() }
    async function main() { log(await Promise.all(out), await A.y) }`,
  ],
  [
    'the name of the class inside',
    `
    const A = class B { static v = 1; async m() { await 0; return [B.v, typeof A] } static async s() { return B.name } }
    class C { async m() { await 0; return C.name } } const D = C
    async function main() { log(await new A().m(), await A.s(), await new D().m()) }`,
  ],
  [
    'the name of a class that is given away',
    `
    class C { static v = 1; async m() { await 0; return C.v } } const K = C; C = { v: 2 }
    async function main() { log(await new K().m()) }`,
  ],
  [
    'computed keys',
    `
    let n = 0; const k = (x) => { log('key', x); return x + n++ }
    class A { async [k('a')]() { await 0; return 1 } static async [k('b')]() { return 2 } async *[k('c')]() { yield 3 } [k('d')] = async () => 4 }
    const o = { async [k('e')]() { return 5 }, [k('f')]: async () => 6 }
    async function main() { const a = new A(); log(await a.a0(), await A.b1(), (await a.c2().next()).value, await a.d3(), await o.e4(), await o.f5(), a.a0.name, a.d3.name, o.f5.name) }`,
  ],
  [
    'no semicolons between members',
    `
    const k = 'k'
    class A {
      x = k
      async [k]() { return this.x }
      y = 1
      async *g() { yield this.y }
      static
      async s() { return 1 }
      get
      async() { return 2 }
      async
      z
    }
    async function main() { const a = new A(); log(await a.k(), (await a.g().next()).value, Object.keys(a), typeof A.s, typeof a.async) }`,
  ],
  [
    'members named async, static, get',
    `
    class A { async async() { return 1 } static async static() { return 2 } async get() { return 3 } async set(a) { return a } static async = 4; async await() { return 5 } }
    const o = { async async() { return 6 }, async get() { return 7 }, async: 8, async await() { return 9 } }
    async function main() { const a = new A(); log(await a.async(), await A.static(), await a.get(), await a.set(1), A.async, await a.await(), await o.async(), await o.get(), o.async, await o.await()) }`,
  ],
  [
    'getters and setters beside',
    'class A { get x() { return 1 } set x(v) {} async m() { return this.x } static get y() { return (async () => { await 0; return 2 })() } } async function main() { log(await new A().m(), await A.y) }',
  ],
  [
    'constructors with arrows',
    `
    class A { constructor(x) { this.f = async () => { await 0; return [this.x, x, new.target === A, arguments.length] }; this.x = x } }
    class B extends A { constructor() { const early = async () => { await 0; return this.x }; super(5); this.g = async () => { await 0; return this.x }; this.h = early } }
    async function main() { const b = new B(); log(await new A(1, 2).f(), await b.f(), await b.g(), await b.h()) }`,
  ],
  [
    'super called in an arrow',
    `
    class A { x = 1 } class B extends A { constructor() { const f = async () => { super(); return this.x }; f(); } }
    async function main() { return new B().x }`,
  ],
  [
    'heritage and keys with await',
    `
    class A { v = 1 }
    async function main() { class B extends (await A) { [await 'k']() { return this.v } static [(await 's') + 1] = 2; async m() { return super.toString === A.prototype.toString } } const b = new B(); log(b.k(), B.s1, await b.m()); return (await class { static x = 3 }).x }`,
  ],
  [
    'async generators as methods',
    `
    class A { x = 1; async *g(a) { yield this.x; yield await a; return 3 } static async *s() { yield* [1, 2] } async *#p() { yield this.x } p() { return this.#p() } }
    async function main() { const a = new A(), all = []; for await (const v of a.g(2)) all.push(v); for await (const v of A.s()) all.push(v); for await (const v of a.p()) all.push(v); log(all) }`,
  ],
]

describe.each([false, true])('classes, strict: %s', (strict) => {
  it.each(cases)('%s', async (_title, source) => {
    await runBoth(source, { strict })
  })
})

describe('what is compiled of classes', () => {
  it.each(
    cases.filter(([title]) => !/^super called|assigns to super|^constructors|^members named|semicolons/.test(title)),
  )('is everything: %s', async (_title, source) => {
    const { code } = await runBoth(source, { strict: true })
    expect(plainFunctionsIn(code.replace(/"[^"]*"/g, '')), code).toBe(0)
  })
})
