import { transform } from '../packages/compiler/src/transform.ts'

/** Compiles the tests of what compiled async functions do, `name.compiled.test.ts`, and workloads that ask for it. */
export function compiledTestsPlugin() {
  return {
    name: 'compiled-tests',
    enforce: 'pre' as const,
    transform(code: string, id: string): { code: string; map: unknown } | undefined {
      if (!/\.compiled(\.test)?\.ts$|\/workloads\/.*\.ts\?compiled$/.test(id)) return undefined
      return transform(code, { filename: id.replace(/\?.*/, ''), runtime: '@asyncio-ts/core/compiled' }) ?? undefined
    },
  }
}
