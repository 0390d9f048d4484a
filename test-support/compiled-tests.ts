import { transform } from '../packages/compiler/src/transform.ts'

/** Compiles the tests of what compiled async functions do: `name.compiled.test.ts`. */
export function compiledTestsPlugin() {
  return {
    name: 'compiled-tests',
    enforce: 'pre' as const,
    transform(code: string, id: string): { code: string; map: unknown } | undefined {
      if (!/\.compiled(\.test)?\.ts$/.test(id)) return undefined
      return transform(code, { filename: id, runtime: '@asyncio-ts/core/compiled' }) ?? undefined
    },
  }
}
