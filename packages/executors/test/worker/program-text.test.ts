import { expect, it } from 'vitest'

it('is what the sources of the worker make: run `npm run worker-program -w packages/executors` after a change', async () => {
  const { programModule } = (await import('../../scripts/write-worker-program.mjs' as string)) as {
    programModule(): Promise<string>
  }
  const { readFile } = await import('node:fs/promises')
  const written = await readFile(new URL('../../src/worker/program-text.ts', import.meta.url), 'utf8')
  expect(written).toBe(await programModule())
})
