import { describe, expect, it } from 'vitest'
import { transform } from '../../src/index.ts'
import { plainFunctionsIn, runBoth, trace } from './run-both.ts'

const kit = `
  const source = (log, values, { failAt, value = (v) => v, noReturn, returnFails, notObject } = {}) => ({
    [Symbol.asyncIterator]() {
      log('open')
      let n = 0
      const iterator = {
        async next(x) { log('next', x); if (n === failAt) throw new Error('next'); return n < values.length ? { done: false, value: value(values[n++]) } : { done: true, value: 'end' } },
        async return(v) { log('return', v); if (returnFails) throw new Error('return'); return notObject ? 1 : { done: true, value: v } },
      }
      if (noReturn) delete iterator.return
      return iterator
    },
  })
  const sync = (log, values) => ({ [Symbol.iterator]() { let n = 0; return { next(x) { log('next', x); return { done: n >= values.length, value: values[n++] } }, return(v) { log('return', v); return { done: true, value: v } } } } })
  async function collect(iterable) { const all = []; for await (const v of iterable) all.push(v); return all }
`

const cases: [title: string, source: string][] = [
  [
    'for await over values, promises and async iterables',
    'async function main() { for await (const x of [1, Promise.resolve(2), 3]) log(x); for await (const x of source(log, [4, 5])) log(x); return collect(new Set([6])) }',
  ],
  [
    'every left side',
    `
    async function main() {
      let y, o = {}; const s = () => source(log, [{ a: 1, b: [2] }])
      for await (const { a, b: [c, d = await 4], ...e } of s()) log(a, c, d, e)
      for await (let v of s()) { v = 5; log(v) } for await (var w of s()); log(w)
      for await (y of s()); log(y); for await (o.p of s()) log(o); for await ({ a: y, z: o.q = await 9 } of s()) log(y, o); for await ([...o['r']] of [[1, 2]]) log(o.r)
      for await (const [k, v] of new Map([[1, 2]])) log(k, v)
      for await (const x of await s()) { const x = 8; log(x) }
    }`,
  ],
  [
    'break, continue, return and labels',
    `
    async function main() {
      for await (const x of source(log, [1, 2, 3])) { if (x === 2) break; log(x) }
      outer: for await (const x of source(log, [1, 2, 3])) { for await (const y of source(log, [1, 2])) { if (x === 1) continue outer; if (x === 2) continue; break outer } }
      a: b: for await (const x of sync(log, [1, 2])) { if (x === 1) continue a; break b }
      for (const z of [1, 2]) inner: for await (const x of source(log, [z])) { if (z === 1) break inner; log('last', x) }
      const f = async () => { for await (const x of source(log, [1, 2])) { try { return x } finally { log('f') } } }; log(await f())
      done: { for await (const x of source(log, [1])) break done }
      if (1) for await (const x of [1]) log(x); else log('no')
    }`,
  ],
  [
    'errors of the body, the iterator, and of closing',
    `
    const tries = [
      async () => { for await (const x of source(log, [1])) throw new Error('body') },
      async () => { for await (const x of source(log, [1], { returnFails: true })) throw new Error('body') },
      async () => { for await (const x of source(log, [1], { returnFails: true })) break },
      async () => { for await (const x of source(log, [1], { notObject: true })) break },
      async () => { for await (const x of source(log, [1], { notObject: true })) throw new Error('body') },
      async () => { for await (const x of source(log, [1], { failAt: 1 })) log(x) },
      async () => { for await (const x of source(log, [1], { noReturn: true })) break },
      async () => { for await (const { x } of source(log, [null])) log('no') },
      async () => { for await (const x of null) log('no') },
      async () => { for await (const x of 5) log('no') },
      async () => { for await (const x of missing) log('no') },
      async () => { for await (const x of [Promise.reject(new Error('value'))]) log('no') },
      async () => { for await (const x of sync(log, [1, 2])) throw new Error('body') },
      async () => { for await (const x of { [Symbol.asyncIterator]: () => ({ next: () => 1 }) }) log('no') },
      async () => { for await (const x of { [Symbol.asyncIterator]: () => 1 }) log('no') },
      async () => { for await (const x of { [Symbol.asyncIterator]: null, [Symbol.iterator]: () => [1][Symbol.iterator]() }) log(x) },
      async () => { for await (const x of (() => { throw new Error('right') })()) log('no') },
    ]
    async function main() { for (const f of tries) try { log(await f()) } catch (e) { log(e) } }`,
  ],
  [
    'closures in loops',
    'async function main() { const fs = []; for await (const x of [1, 2]) fs.push(async () => { await 0; return x }); for await (let y of [1, 2]) { fs.push(() => y++); fs.push(async () => y) } const r = []; for (const f of fs) r.push(await f()); return r }',
  ],
  [
    'an async generator',
    `
    async function* g(a, b = a) { log('begin'); const x = yield a; log(x); try { log(await (yield await b)) } catch (e) { log('caught', e); yield 'after' } finally { log('finally'); await 0 } return Promise.resolve('end') }
    async function main() {
      const it = g(1, 2); log(await it.next('ignored'), await it.next('x'), await it.throw(new Error('in')), await it.next(), await it.next(), await it.return(5))
      const i2 = g(Promise.resolve(3)); log(await i2.next(), await i2.return(Promise.resolve('r')), await i2.next())
      const i3 = g(1); log(await i3.return(Promise.resolve(4)), await i3.next()); const i4 = g(1); try { await i4.throw(new Error('early')) } catch (e) { log(e) } log(await i4.next())
    }`,
  ],
  [
    'requests are served one after the other',
    'async function* g() { const a = yield 1; const b = yield a; return b } async function main() { const it = g(); log(await Promise.all([it.next(0), it.next(1), it.next(2), it.next(3), it.return(4)])) }',
  ],
  [
    'yield of promises',
    "async function* g() { yield Promise.resolve(1); try { yield Promise.reject(new Error('y')) } catch (e) { log(e) } yield await Promise.resolve(2); yield; yield [await 3, yield 4]; return (yield 5, yield 6) } async function main() { const it = g(); for (let i = 0; i < 8; i++) log(await it.next(i)) }",
  ],
  [
    'return in an async generator',
    "async function* g(n) { try { if (n === 0) return; if (n === 1) return Promise.resolve(1); if (n === 2) return Promise.reject(new Error('r')); return (1, 2) } catch (e) { log('caught', e); return 'c' } finally { log('f') } } async function main() { for (let n = 0; n < 4; n++) log(await g(n).next()) }",
  ],
  [
    'return of the consumer',
    "async function* g(how) { try { yield 1 } finally { log('f', how); if (how === 'yield') yield 2; if (how === 'return') return 3; if (how === 'throw') throw new Error('t'); await 0 } } async function main() { for (const how of ['', 'yield', 'return', 'throw']) { const it = g(how); await it.next(); try { log(await it.return(9)); log(await it.next()) } catch (e) { log(e) } } const it = g(''); await it.next(); try { await it.return(Promise.reject(new Error('rejected'))) } catch (e) { log(e) } }",
  ],
  [
    'yield*',
    `
    async function* inner() { try { const a = yield 1; log('a', a); const b = yield 2; log('b', b); return 'r' } catch (e) { log('inner', e); yield 'c'; return 'rc' } finally { log('inner f'); await 0 } }
    async function* g(x) { try { const r = yield* x(); log('r', r); const s = yield* [3, Promise.resolve(4)]; log(s); return r } finally { log('outer f') } }
    async function main() {
      const a = g(inner); for (let i = 0; i < 6; i++) log(await a.next(i))
      const b = g(inner); await b.next(); log(await b.throw(new Error('t')), await b.next(), await b.next())
      const c = g(inner); await c.next(); log(await c.return('v'), await c.next())
      const d = g(() => [1, 2]); await d.next(); log(await d.return('w'), await d.next())

      const h = g(() => source(log, [1, 2])); await h.next(); try { log(await h.throw(new Error('x'))) } catch (f) { log(f) }
      const i = g(() => source(log, [1, 2], { returnFails: true })); await i.next(); try { log(await i.return(4)) } catch (f) { log(f) }
      const j = g(() => source(log, [1, 2], { noReturn: true })); await j.next(); log(await j.return(5))
      for (const bad of [null, 1, {}, { [Symbol.asyncIterator]: () => ({ next: () => 1 }) }]) try { await g(() => bad).next() } catch (f) { log(f) }
    }`,
  ],
  [
    'yield* of values that are promises',
    'async function* g() { yield* source(log, [1], { value: (v) => ({ then: 5, v }) }) } async function main() { log(await g().next()) }',
  ],
  [
    'yield* that yields in its end',
    "async function* inner() { try { yield 1 } finally { yield 2 } } async function* g() { try { yield* inner() } finally { log('f') } } async function main() { const it = g(); log(await it.next(), await it.return(7), await it.next(8), await it.next()) }",
  ],
  [
    'yield in expressions',
    'async function* g() { const a = [yield 1, yield* [2], `${yield 3}`, { [yield 4]: yield 5 }, (yield) || 6]; log(a); return a } async function main() { const it = g(); for (let i = 0; i < 8; i++) log(await it.next(i)) }',
  ],
  [
    'objects of async generators',
    `
    async function* g() {} const h = async function* () {}, o = { async *m() {} }
    g.prototype.extra = 1
    async function main() { const it = g(); log(it instanceof g, it.extra, typeof it.next, it[Symbol.asyncIterator]() === it, String(it), g.name, g.length, h.name, o.m.name); try { new g() } catch (e) { log(e) } }`,
  ],
  [
    'parameters of async generators that throw',
    "async function* g({ a }) {} async function* h(a = (() => { throw new Error('d') })()) {} async function main() { for (const f of [() => g(), () => h()]) try { f(); log('no') } catch (e) { log(e) } }",
  ],
  [
    'this and arguments in async generators',
    'const o = { x: 1, async *m(a) { yield this.x; yield* arguments; yield a; const f = async () => this.x + arguments.length; yield f() } }; async function main() { return collect(o.m(5, 6)) }',
  ],
  [
    'for await in async generators',
    'async function* map(xs, f) { for await (const x of xs) yield f(x) } async function* take(xs, n) { for await (const x of xs) { if (n-- <= 0) return; yield x } } async function main() { log(await collect(take(map(source(log, [1, 2, 3]), async (x) => x * 2), 2))) }',
  ],
]

describe.each([false, true])('iteration, strict: %s', (strict) => {
  it.each(cases)('%s', async (_title, source) => {
    const { code } = await runBoth(kit + source, { strict })
    expect(plainFunctionsIn(code), code).toBe(0)
  })
})

const res = `
  const res = (log, name, { fail, sync, isNull } = {}) => isNull ? null : sync ? { name, [Symbol.dispose]() { log('sync', name); if (fail) throw new Error('dispose ' + name) } } : { name, async [Symbol.asyncDispose]() { log('begin', name); await 0; log('end', name); if (fail) throw new Error('dispose ' + name) } }
  Symbol.dispose ??= Symbol.for('dispose'); Symbol.asyncDispose ??= Symbol.for('asyncDispose')
  const report = (e) => [e.name, e.message, e.error?.message, e.suppressed?.message ?? e.suppressed?.error?.message]
`
const disposals: [title: string, source: string][] = [
  [
    'a block',
    "async function main() { { await using a = res(log, 'a'), b = res(log, 'b'); log(a.name, b.name) } log('after') }",
  ],
  [
    'a function that returns',
    "async function main() { await using a = res(log, 'a'); using b = res(log, 'b', { sync: true }); await using c = res(log, 'c', { sync: true }); return log('body') }",
  ],
  [
    'null and undefined',
    "async function main() { await using a = res(log, 'a', { isNull: true }); using n = undefined; await using u = undefined; log('body') }",
  ],
  [
    'errors',
    "async function main() { for (const [x, y, z] of [[1, 0, 0], [0, 1, 0], [1, 1, 0], [1, 1, 1], [0, 0, 1]]) try { await using a = res(log, 'a', { fail: x }); using b = res(log, 'b', { fail: y, sync: true }); if (z) throw new Error('body') } catch (e) { log(report(e)) } }",
  ],
  [
    'what is no resource',
    "async function main() { for (const v of [1, {}, 'x']) try { await using a = res(log, 'first'); await using b = v; log('no') } catch (e) { log(e.name) } }",
  ],
  [
    'break, continue and labels',
    'async function main() { l: for (const x of [1, 2, 3]) { await using a = res(log, x); if (x === 1) continue l; if (x === 2) break l } }',
  ],
  [
    'for of',
    "async function main() { for (await using a of [res(log, 'a'), res(log, 'b')]) { log(a.name); if (a.name === 'b') break } for (await using x of [res(log, 'c')]) log(x.name); for (using y of [res(log, 'd', { sync: true })]) log(await y.name) }",
  ],
  [
    'for await of',
    "async function main() { for await (await using a of [res(log, 'a'), Promise.resolve(res(log, 'b'))]) { log(a.name); if (a.name === 'a') continue; log('last') } for await (using a of [res(log, 'c', { sync: true })]) log(a.name) }",
  ],
  [
    'async generators',
    "async function* g() { await using a = res(log, 'a'); yield 1; yield 2 } async function main() { for await (const x of g()) { log(x); break } const it = g(); log(await it.next(), await it.return(5)) }",
  ],
  [
    'arrows, methods and closures',
    "class A { async m() { await using a = res(log, 'm'); const f = async () => { await using b = res(log, 'f'); await 0; return [a.name, b.name] }; return f() } } async function main() { log(await new A().m()); await (async () => { using s = res(log, 's', { sync: true }); await 0; log('in') })() }",
  ],
  [
    'declarations in the block',
    "async function main() { 'use strict'; log(f()); await using a = res(log, 'a'); function f() { return typeof g } class g {} let x = 1; { await using b = res(log, x); let y = 2; log(y) } }",
  ],
  ['a name that is inferred', 'async function main() { try { await using f = () => {}; } catch (e) { log(e.name) } }'],
]

it('disposes of what the head of a loop declares, however the loop ends', async () => {
  const head =
    "async function main() { let n = 0; for (await using a = res(log, 'a'); n < 2; n++) log(a.name, n); m: for (await using b = res(log, 'b'); ; ) { if (n++ < 4) continue m; break m } }"
  const block =
    "async function main() { let n = 0; { await using a = res(log, 'a'); for (; n < 2; n++) log(a.name, n) } { await using b = res(log, 'b'); for (; ; ) { if (n++ < 4) continue; break } } }"
  const run = async (source: string): Promise<string[]> => {
    const result = transform(`${res + source};return main()`, { filename: 'case.js', module: 'cjs' })
    return trace(result!.code)
  }
  expect(await run(head)).toEqual(await run(block))
  expect(await run(head)).toContain("'end' 'b'")
})

describe.each([false, true])('disposal, strict: %s', (strict) => {
  it.each(disposals)('%s', async (_title, source) => {
    const { code } = await runBoth(res + source, { strict })
    expect(plainFunctionsIn(code), code).toBe(0)
  })
})
