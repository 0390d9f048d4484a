import { fileURLToPath } from 'node:url'
import { ESLint, Linter } from 'eslint'
import { defineConfig } from 'eslint/config'
import tseslint from 'typescript-eslint'
import { describe, expect, it } from 'vitest'
import plugin, * as module from '../src/index.ts'

const mistake = "import { sleep } from 'asyncio-ts'\nsleep(1)\n"

describe('the plugin', () => {
  it('exports its parts and itself', () => {
    expect(Object.keys(module).sort()).toEqual(['configs', 'default', 'meta', 'rules'])
    expect(plugin.rules).toBe(module.rules)
    expect(Object.keys(module.rules)).toMatchInlineSnapshot(`
      [
        "no-await-in-generator",
        "no-await-while-holding",
        "no-check-then-act",
        "no-floating-coroutine",
        "no-milliseconds",
        "no-promise-race-timeout",
        "no-signal-less-wait",
        "no-started-call",
        "no-swallowed-cancellation",
        "prefer-task-group",
        "release-in-finally",
        "require-yield-star",
      ]
    `)
  })

  it('has every rule in strict, and all but two in recommended', () => {
    const all = Object.keys(plugin.rules).map((name) => `asyncio-ts/${name}`)
    expect(Object.keys(plugin.configs.strict.rules!)).toEqual(all)
    const recommended = Object.keys(plugin.configs.recommended.rules!)
    expect(all.filter((name) => !recommended.includes(name))).toEqual([
      'asyncio-ts/no-check-then-act',
      'asyncio-ts/prefer-task-group',
    ])
  })

  it.each([
    ['defineConfig', defineConfig([plugin.configs.recommended]) as Linter.Config[]],
    ['a plain array', [plugin.configs.strict]],
    ['typescript-eslint', tseslint.config(plugin.configs.recommended as never) as Linter.Config[]],
    ['rules of its own', [{ plugins: { aio: plugin }, rules: { 'aio/no-floating-coroutine': 'error' as const } }]],
  ])('works in a flat configuration by %s', (_way, config) => {
    expect(new Linter().verify(mistake, config, 'file.js').map(({ ruleId }) => ruleId?.split('/')[1])).toEqual([
      'no-floating-coroutine',
    ])
  })

  it('lints JavaScript without a parser of TypeScript', () => {
    const code = "const asyncio = require('asyncio-ts')\nasync function f() { asyncio.sleep(500) }\nf()\n"
    const config: Linter.Config[] = [{ languageOptions: { sourceType: 'commonjs' } }, plugin.configs.recommended]
    expect(new Linter().verify(code, config, 'file.cjs').map(({ ruleId }) => ruleId)).toEqual([
      'asyncio-ts/no-floating-coroutine',
      'asyncio-ts/no-milliseconds',
    ])
  })

  it('reports nothing in files that have nothing to do with the library', () => {
    const code = 'sleep(5000); try { await f() } catch {}\nPromise.race([f(), sleep(1)])\n'
    expect(new Linter().verify(code, [plugin.configs.strict], 'file.js')).toEqual([])
  })
})

describe('our own code', () => {
  it('passes every rule: the published packages and the examples', { timeout: 120_000 }, async () => {
    const root = fileURLToPath(new URL('../../..', import.meta.url))
    const eslint = new ESLint({
      cwd: root,
      overrideConfigFile: true,
      overrideConfig: [
        { files: ['**/*.ts'], languageOptions: { parser: tseslint.parser as Linter.Parser } },
        { files: ['**/*.ts'], ...plugin.configs.strict },
      ],
      allowInlineConfig: false,
    })
    const results = await eslint.lintFiles(['packages/*/src/**/*.ts', 'docs/examples/**/*.ts'])
    const problems = results
      .filter(({ filePath }) => !/packages.(?:benchmarks|conformance).|event-loop-suite/.test(filePath))
      .flatMap(({ filePath, messages }) => messages.map(({ line, ruleId }) => `${filePath}:${line} ${ruleId}`))
    expect(results.length).toBeGreaterThan(300)
    expect(problems).toEqual([])
  })
})
