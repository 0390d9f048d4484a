import { describe, expect, it } from 'vitest'
import { plainFunctionsIn, runBoth } from './run-both.ts'

const cases: [title: string, source: string][] = [
  [
    'types of parameters and results',
    'async function f<T extends object = {}>(a: T, b?: number, ...c: string[]): Promise<[T, number | undefined, string[]]> { await (0 as unknown); return [a, b, c] } const main = async (): Promise<void> => { log(await f({ x: 1 }), await f<{ y: 1 }>({ y: 1 }, 2, "c")) }',
  ],
  [
    'arrows with types',
    'const f = async <T,>(a: T, { b }: { b: T } = { b: a }): Promise<T[]> => [a, await b]; const g = async <const T extends readonly unknown[]>(x: T) => x; type P = Promise<void>; const h: () => P = async (): P => {}; async function main() { log(await f(1), await f<number>(2, { b: 3 }), await g([1] as const), await h()) }',
  ],
  [
    'overloads',
    'async function f(a: string): Promise<string>; async function f(a: number): Promise<number>; async function f(a: any): Promise<any> { await 0; return a } class A { m(a: string): Promise<string>; m(a: number): Promise<number>; async m(a: any): Promise<any> { return a } } async function main() { log(await f(1), await f("a"), await new A().m(3)) }'
      .replaceAll('async function f(a: string)', 'function f(a: string)')
      .replaceAll('async function f(a: number)', 'function f(a: number)'),
  ],
  [
    'this parameters',
    'interface T { x: number } async function f(this: T, a: number): Promise<number> { await 0; return this.x + a } const g = async function h(this: T, n: number): Promise<number> { return n ? h.call(this, n - 1) : this.x }; async function k(this: void) { return 1 } async function main() { log(await f.call({ x: 1 }, 2), await g.call({ x: 4 }, 2), await k()) }',
  ],
  [
    'abstract classes, modifiers and parameter properties',
    'abstract class A { abstract m(): Promise<number>; protected async n(): Promise<number> { return 1 } public static async s(): Promise<string> { return "s" } private async *p(): AsyncGenerator<number> { yield 2 } async q() { for await (const x of this.p()) return x; return null } } class B extends A { constructor(private readonly x: number) { super() } y = async () => { await 0; return this.x }; override async m(): Promise<number> { await 0; return this.x + (await super.n()) } declare z: number; w!: number } async function main() { const b = new B(3); log(await b.m(), await A.s(), await b.q(), await b.y(), Object.keys(b)) }',
  ],
  [
    'assertions',
    'async function main() { const a = await Promise.resolve(1) as number, b = (await 2)! + <number>await 3, c = await (4 satisfies number), d = (await { e: 1 } satisfies object).e, f = await (null as any)?.x, g = [await 1 as const], h = await Promise.resolve<number>(5)!; log(a, b, c, d, f, g, h) }',
  ],
  [
    'enums and namespaces',
    'enum E { A, B = "b" } namespace N { export const x = 1; export async function f() { await 0; return [x, g(), E.B] } function g() { return M.y } export namespace M { export const y = 2; export const h = async () => { await 0; return x + y } } } namespace N { export const k = async () => { await 0; return x + 10 } } async function main() { log(await N.f(), await N.M.h(), await N.k()) }',
  ],
  [
    'declarations that are only types',
    'declare function f(a: number): Promise<void>; declare const async: number; declare module "x" { export function y(): Promise<void> } interface A { async(): Promise<void>; m: () => Promise<void> } type B = { async: boolean }; async function main(): Promise<B> { const async = true; return { async } }',
  ],
  [
    'types named like what is captured',
    'function make<T>(x: T) { type y = T; const z = 1; return async (v: y): Promise<[T, y, typeof z]> => { await 0; return [x, v, z] } } async function main() { log(await make(1)(2)) }',
  ],
  [
    'optional methods and index signatures',
    'class A { [k: string]: unknown; m?(): Promise<void>; async n?() { return 1 } } async function main() { log(await (new A() as any).n()) }'.replace(
      'async n?() { return 1 }',
      'async n() { return 1 }',
    ),
  ],
  [
    'generic calls and super',
    'class A { m<T>(a: T): T { return a } } class B extends A { async n() { return [super.m<number>(await 1), await super.m<string>("a")] } } async function main() { log(await new B().n()) }',
  ],
  [
    'decorators of methods',
    'const out: any[] = []; function d(value: any, ctx: any) { out.push([ctx.kind, String(ctx.name), typeof value]); return async function (this: any, ...args: any[]) { return ["d", await value.apply(this, args)] } } class A { x = 1; @d async m(a: number) { await 0; return this.x + a } @d static async s() { return 2 } @d async *[Symbol.asyncIterator]() {} } async function main() { log(await new A().m(1), await A.s(), out) }',
  ],
  [
    'decorators of classes and fields',
    'function c(value: any, ctx: any) { return class extends value { async k() { await 0; return "k" } } as any } function f(_: any, ctx: any) { return (v: any) => async () => ["f", await v()] } @c class A { #p = 1; @f g = async () => { await 0; return this.#p }; async m() { return A.name } } async function main() { const a: any = new A(); log(await a.k(), await a.g(), await a.m()) }',
  ],
  [
    'assigned functions and generics in classes',
    'class Store<K, V extends object> { private map = new Map<K, V>(); get = async <X extends K>(key: X): Promise<V | undefined> => { await 0; return this.map.get(key) }; async set(key: K, { value }: { value: V }): Promise<this> { this.map.set(key, value); return this } } async function main() { const s = new Store<string, { a: number }>(); await s.set("k", { value: { a: 1 } }); log(await s.get("k")) }',
  ],
  [
    'for await and using with types',
    'async function* g(): AsyncGenerator<number, void, unknown> { yield 1 as number; yield* [2] as number[] } async function main() { const all: number[] = []; for await (const x of g() as AsyncIterable<number>) all.push(x); let y: number; for await (y of g()) all.push(y!); log(all) }',
  ],
]

describe('TypeScript', () => {
  it.each(cases)('%s', async (_title, source) => {
    const { code } = await runBoth(source, { language: 'ts', strict: true })
    expect(
      plainFunctionsIn(
        code.replace(/declare const async: number|async\(\)|async: boolean|const async|\{ async \}/g, ''),
      ),
      code,
    ).toBe(0)
  })

  it('keeps what older decorators are told of parameters and types', async () => {
    const source = `
      const out: any[] = []
      const p = (t: any, k: string, i: number) => { out.push(['p', k, i]) }
      const m = (t: any, k: string, d: any) => { out.push(['m', k, d.value.length]) }
      class A { x = 1; @m async find(@p id: string, n: number, @p k = 5): Promise<unknown[]> { await 0; return [this.x, id, n, k] } async plain(@p { a }: { a: number }): Promise<number> { return a } }
      async function main() { log(await new A().find('i', 2), await new A().plain({ a: 3 }), out) } // experimentalDecorators`
    const { code } = await runBoth(source, { language: 'ts' })
    expect(code).toContain(
      'find(@p id: string, n: number, @p k: number = void 0): Promise<unknown[]>'.replace('k: number', 'k'),
    )
  })
})

describe('TSX', () => {
  it.each<[string, string]>([
    [
      'elements',
      'const h = (type: any, props: any, ...children: any[]) => ({ type: typeof type === "function" ? type.name : type, props, children }); const Foo = async (props: any) => { await 0; return <b {...await props}>{await 1}<i x={await 2} y="3" /></b> }; function Bar() { return <a onClick={async () => { await 0; return <Foo /> }}>text {[1].map(async (x) => <p>{await x}</p>)}</a> } async function main() { log(await Foo({ q: 1 }), (await (Bar() as any).props.onClick()).type, await (Bar() as any).children[1][0]) }',
    ],
    [
      'generic arrows and captured components',
      'const h = (type: any) => typeof type; async function main() { const Local = () => 1; const f = async <T,>(x: T) => { await 0; return [<Local />, <this.x />, x] }; log(await f.call(null, 1)) } '.replace(
        ', <this.x />',
        '',
      ),
    ],
  ])('%s', async (_title, source) => {
    await runBoth(source, { language: 'tsx', strict: true })
  })
})
