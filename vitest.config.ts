import { readdirSync } from 'node:fs'
import { defineConfig } from 'vitest/config'
import { asyncSpellingPlugin } from './packages/conformance/src/async-spelling.ts'

const packages = readdirSync(new URL('packages', import.meta.url))
const conditions = ['@asyncio-ts/source']

const shared = {
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
}

/** One project a package, and one for the repository itself; two workers, which is what the smallest CI machine has. */
export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    projects: [
      ...packages.map((name) => ({
        ...shared,
        ...(name === 'conformance' && { plugins: [asyncSpellingPlugin()] }),
        test: { name, include: [`packages/${name}/test/**/*.test.ts`], testTimeout: 30_000 },
      })),
      {
        ...shared,
        test: { name: 'repository', include: ['test/**/*.test.ts', 'docs/**/*.test.ts'], testTimeout: 60_000 },
      },
    ],
  },
})
