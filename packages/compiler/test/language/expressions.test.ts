import { describe, it } from 'vitest'
import { runBoth } from './run-both.ts'

/** Expressions with awaits, in an async function that has some names. */
const expressions: string[] = [
  'await 1 + await 2 * await 3', '(await 1 + 2) ** await 2', '(await 2) ** 3', '-await 5', '!await 0', '~await 1', 'typeof await o', 'void await 1', '+await "4"',
  'delete (await o).b', 'await o.a, await 2', 'await f(await 1, ...await [2, 3], await 4)', 'new (await K)(await 7).v', '(await K).name', 'await new K(1).v',
  '[await 1, ...await [2], , await 3]', '{ const { a, ...b } = await o; b.a = a; b }.a', '({ a: await 1, [await "b"]: await 2, ...await { c: 3 }, async d() { return await 4 } }).b',
  '`a${await 1}b${await `c${await 2}`}`', 'tag`x${await 1}y${await 2}`', '(await tag)`z${3}`', 'await 0 || await 5', 'await 1 && await 6', 'await null ?? await 7', '(await 0) || (await 8)',
  'await 1 ? await 2 : await 3', '(await 0) ? 1 : await 2', 'await (await 0 ? 1 : 2)', 'await o?.a', '(await o)?.a', 'await u?.a.b.c', 'o?.[await "a"]', 'u?.[await log("never")]', '(await u)?.x', 'o.m?.(await 3)', 'u?.m(await log("never"))', 'await o.m?.(1)',
  'x = await 5, x', 'x += await 5, x', 'x ||= await 9, x', 'x &&= await 9, x', 'u ??= await 9, u', 'o.a = await 5, o.a', 'o[await "a"] = await 6, o.a', 'o[await "a"] += await 6, o.a', '(await o).a++, o.a', '++(await o).a',
  '[x, o.a] = [await 3, await 4], [x, o.a]', '({ x, y: o.a = await 7 } = { x: await 1 }), [x, o.a]', '[x = await 2] = [], x', '({ [await "x"]: x } = { x: 3 }), x',
  'await 1 < await 2', 'await "a" in await o', '(await o) instanceof await Object', 'await 1 === 1', 'await 1 << await 3 >>> await 1', 'await await await 4', 'await (async () => await 5)()', '(await (async (x) => await x + 1)(1)) + 1',
  'await (1, 2)', '(await 1, await 2)', 'await [1, 2][1]', 'await o["a"]', 'await f`1`', 'await import.meta', 'await /re/.source', 'await {}.x', 'await function () {}', 'await class { static s = 4 }.s', '(await [x => x])[0](4)',
  'await "a" + "b"', 'f(await 1)(await 2)', '(await f)(1)', 'await f(1)(2)', 'await o.m(1).length', 'f(...await [1], ...[await 2])', 'f(...await [1, 2])', 'JSON.stringify(await { a: await 1 })', 'Array.from(await [1, 2], (v) => v * 2)',
  'await null', 'await undefined', 'await true', 'await x', 'await this', 'await (await (await 1))', '(() => 1)(await 2)', '((a = 1) => a)(await undefined)', 'await -1', 'await !0', 'await ~x', 'await typeof x', 'await+1', 'await[1]', 'await(7)', 'await`t`', 'await"s"',
].filter((each) => !each.includes('import.meta') && !each.startsWith('{ const'))

const statements: string[] = [
  'if (await 1) log(1); else log(2)', 'if (await 0) log(1); else if (await 1) log(2)', 'for (let i = await 0; i < await 2; i += await 1) log(i)', 'for (const k in await { a: 1 }) log(k)', 'for (const v of await [1, 2]) log(await v)',
  'for (const { a = await 3 } of [{}]) log(a)', 'for (x of await [5]) ; log(x)', 'for (o[await "z"] of [1, 2]) ; log(o.z)', 'let i = 0; while (i < await 2) { i++; if (await i) continue; } log(i)', 'let i = 0; do { log(i) } while (++i < await 2)',
  'switch (await 2) { case await 1: log("no"); case await 2: log("yes"); case 3: log("fall"); break; default: log("no") }', 'outer: for (const a of [1, 2, 3]) { for (const b of [1, 2]) { if (await b === 2) continue outer; if (await a === 3) break outer; log(a, b) } }',
  'a: { log(1); if (await 1) break a; log(2) }', 'try { await Promise.reject(new Error("x")) } catch (e) { log(e) } finally { log(await 1) }', 'try { throw new Error("x") } catch ({ message = await 5 }) { log(message) }',
  'try { try { await null.x } finally { log("f") } } catch (e) { log(e) }', 'log(await (async () => { try { return await 1 } finally { log(await 2) } })())', 'log(await (async () => { try { return 1 } finally { return await 2 } })())',
  'log(await (async () => { for (const a of [1, 2]) try { continue } finally { log(a); if (await a === 2) return 9 } })())', 'log(await (async () => { l: try { return 1 } finally { break l } return await 2 })())',
  'try { await (async () => { try { throw new Error("a") } finally { await 0; throw new Error("b") } })() } catch (e) { log(e) }', 'throw await new Error("y")', 'const { a, b: { c = await 4 } = {}, ...d } = await o; log(a, c, d)', 'let [p = await 1, q, ...r] = [, await 2, 3]; log(p, q, r)',
  'var v1 = await 1, v2 = await v1; log(v1, v2)', 'const g = async () => { await 0; log("g") }, h = await g(); log(h)', 'log(hoisted()); function hoisted() { return 3 }', 'log(typeof late); var late = await 1; log(late)', 'try { tdz; } catch (e) { log(e) } let tdz = await 1',
  'debugger; await 0;;; { } ; log(1)', 'label: await 1 || log("z")', 'if (1) await 2; else await 3', 'await 1; await 2\nawait 3\n;await 4', 'const iter = { *[Symbol.iterator]() { try { yield 1; yield 2 } finally { log("closed") } } }; for (const z of iter) { await z; break }',
  'class Q { static x = 1 }; log(await Q.x)', 'let w = 1; { let w = await 2; log(w) } log(w)', 'const fs = []; for (let i = 0; i < 3; i++) { await 0; fs.push(() => i) } log(fs.map((f) => f()))', 'return await 5', 'return', 'return (await 1, await 2)', 'return (\nawait 3\n)', 'return x ? await 1 : await 2', 'return { a: await 1 }', 'return [await 1]',
]

const names = `
  let x = 1, u, o = { a: 1, b: 2, m(...v) { return v } }
  const f = (...v) => (...w) => [...v, ...w], tag = (strings, ...v) => [...strings.raw, ...v]
  class K { constructor(v) { this.v = v } }
`

describe('await in expressions', () => {
  it.each(expressions)('%s', async (text) => {
    await runBoth(`async function main() { ${names}; return ${text} }`)
    await runBoth(`const main = async () => { ${names}; const r = (${text}); return r }`)
    if (/^[a-z]/.test(text)) await runBoth(`async function main() { ${names}\n log('before')\n ${text}\n ${text} ; return x }`)
    await runBoth(`const main = { async *g() { ${names}; yield (${text}) } }.g; async function main2() { const r = []; for await (const v of main()) r.push(v); return r };return main2()`)
  })
})

describe('await in statements', () => {
  it.each(statements)('%s', async (text) => {
    await runBoth(`async function main() { ${names}; ${text} }`)
    await runBoth(`'use strict'; class M { async m() { ${names}; ${text} } } const main = () => new M().m()`)
  })
})
