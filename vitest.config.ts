import { readdirSync } from 'node:fs'
import { defineConfig } from 'vitest/config'
import { asyncSpellingPlugin } from './packages/conformance/src/async-spelling.ts'
import { compiledSpellingPlugin } from './packages/conformance/src/compiled-spelling.ts'
import { compiledTestsPlugin } from './test-support/compiled-tests.ts'

const packages = readdirSync(new URL('packages', import.meta.url))
const conditions = ['@asyncio-ts/source']

const shared = {
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
}

/** The modules of conformance cases that are about a package; `npm test` in the package runs them too. */
const casesOf: Record<string, readonly string[]> = {
  core: ['contextvars', 'eager', 'futures', 'tasks'],
  loop: ['loop', 'runners'],
  queues: ['queues'],
  streams: ['streams'],
  sync: ['barriers', 'conditions', 'events', 'locks', 'semaphores'],
  tasks: ['as-completed', 'eager', 'gather', 'shield', 'taskgroups', 'tasks', 'timeouts', 'wait', 'wait-for'],
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
        plugins: [
          compiledTestsPlugin(),
          ...(name === 'conformance' ? [asyncSpellingPlugin(), compiledSpellingPlugin()] : []),
        ],
        test: { name, include: [`packages/${name}/test/**/*.test.ts`], testTimeout: 30_000 },
      })),
      // The root's `npm test` leaves these out: `conformance` runs every case.
      ...Object.entries(casesOf).map(([name, modules]) => ({
        ...shared,
        plugins: [asyncSpellingPlugin(), compiledSpellingPlugin()],
        test: {
          name: `${name}-cases`,
          include: ['packages/conformance/test/cases.test.ts'],
          env: { CONFORMANCE_MODULES: modules.join() },
          testTimeout: 30_000,
        },
      })),
      {
        ...shared,
        test: { name: 'repository', include: ['test/**/*.test.ts', 'docs/**/*.test.ts'], testTimeout: 60_000 },
      },
    ],
  },
})
