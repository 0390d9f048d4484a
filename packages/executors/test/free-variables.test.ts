import { describe, expect, it } from 'vitest'
import { checkSelfContained } from '../src/check-self-contained.ts'
import { freeVariables } from '../src/free-variables.ts'
import { parser } from '../src/parser.ts'

const nothing = new Set<string>()

describe('freeVariables', () => {
  it.each([
    ['a function without any', '(a, b) => a + b', []],
    ['a variable of outside', '(a) => a + k', ['k']],
    ['several, each once', '() => x + y + x', ['x', 'y']],
    ['members and keys, which are none', '(a) => ({ k: a.b.c, [a]: 1, d() {} }).k', []],
    ['a shorthand property', '() => ({ k })', ['k']],
    ['a computed key', '(a) => a[k]', ['k']],
    ['defaults of parameters', '(a = k, { b = c, d: e } = {}, ...f) => a + b + e + f', ['k', 'c']],
    ['patterns', '(v) => { const { a, b: [c, ...d], ...e } = v; return [a, c, d, e] }', []],
    ['assignments', '() => { k = 1; [x.y] = [2] }', ['k', 'x']],
    ['what var hoists', '() => { f(v); if (true) { var v = 1 } function f() {} }', []],
    ['what let does not', '() => { if (true) { let v = 1 } return v }', ['v']],
    ['variables of loops', '(a) => { for (const b of a) b; for (let i = 0; i < 1; i++) i; return b + i }', ['b', 'i']],
    ['a caught error', '() => { try { f() } catch ({ message }) { return message } return message }', ['f', 'message']],
    [
      'names of functions and classes',
      '() => { class A extends B { m() { return A } }; return (function g() { return g })() }',
      ['B'],
    ],
    ['fields of classes', '() => class { #a = k; static b = 1; get [c]() { return this.#a } }', ['k', 'c']],
    ['static blocks', '() => class { static { const a = 1; this.b = a + k } }', ['k']],
    ['labels', '() => { outer: for (;;) { for (;;) continue outer; break outer } }', []],
    ['cases', '(a) => { switch (a) { case 1: let b = k; default: return b } }', ['k']],
    ['arguments of a function', 'function () { return arguments.length }', []],
    ['arguments of an arrow', '() => arguments', ['arguments']],
    ['the type of something', '() => typeof window', []],
    ['import.meta', '() => import.meta.url', ['import.meta']],
    ['new.target and this', 'function () { return new.target ?? this }', []],
    ['dynamic imports', 'async (a) => import(a)', []],
    ['templates', '(a) => `${a}${k}`', ['k']],
    ['nested functions', '(a) => (b) => (c) => a + b + c + d', ['d']],
    ['optional chains', '(a) => a?.b?.[k]', ['k']],
  ])('finds %s', (_what, source, expected) => {
    const globals = ['undefined']
    const { free } = freeVariables(parser()!, `(${source})`)
    expect([...free].filter((name) => !globals.includes(name)).sort()).toEqual(expected.sort())
  })
})

describe('the helper that keeps the names of functions', () => {
  it.each([
    ['around a function', '() => r((a) => a, "inner")', ['r']],
    ['after a declaration', '() => { function f() {} r(f, "inner"); return f }', ['r']],
    ['in a class', '() => class { static { __name(this, "Inner") } }', ['__name']],
    ['declared inside, it is another', '(r) => r(() => 1, "inner")', []],
    ['used otherwise as well, it is another', '() => r(() => 1, "inner") + r(1)', []],
    ['with a long name, it is another', '() => listen(() => 1, "inner")', []],
    ['with other arguments, it is another', '() => [r("inner", () => 1), r(() => 1), r(() => 1, inner)]', []],
  ])('%s', (_what, source, expected) => {
    const { free, nameKeepers } = freeVariables(parser()!, `(${source})`)
    expect([...nameKeepers]).toEqual(expected)
    for (const name of nameKeepers) expect(free).not.toContain(name)
  })
})

describe('checkSelfContained', () => {
  const outer = 1
  const check = (fn: unknown): unknown => checkSelfContained(fn, nothing)

  it('accepts functions of all shapes, and makes them again', () => {
    const shapes = {
      arrow: (n: number) => n + 1,
      function: function (n: number) {
        return n + 1
      },
      method(n: number) {
        return n + 1
      },
      async later(n: number) {
        return n + 1
      },
    }
    for (const fn of Object.values(shapes)) {
      const { program } = checkSelfContained(fn, nothing)
      const made = new Function('executorSignal', 'transfer', '__name', program)() as (n: number) => unknown
      expect(made.name).toBe(fn.name === 'arrow' || fn.name === 'function' ? '' : fn.name)
      expect([2, Promise.resolve(2)]).toContainEqual(made(1))
    }
  })

  it.each([
    ['a closure, and names what it closes over', () => outer, /refers to 'outer' outside of it/],
    ['a bound function', (() => 1).bind(null), /is native or bound/],
    ['a native function', Math.max, /'max' is native or bound/],
    ['a generator function', function* work() {}, /'work' is a generator function/],
    ['a class', class Shop {}, /'Shop' is a class/],
    ['what is no function', 'fib', /An executor calls functions, got 'fib'/],
  ])('refuses %s', (_what, fn, message) => {
    expect(() => check(fn)).toThrow(TypeError)
    expect(() => check(fn)).toThrow(message)
  })

  it('lets a function use globals, and what workers give it', () => {
    const executorSignal = (): AbortSignal => new AbortController().signal
    expect(() => check(() => [Math.max(1, 2), new URL('a:b'), executorSignal().aborted])).not.toThrow()
  })
})
