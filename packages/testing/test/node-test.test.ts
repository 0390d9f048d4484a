import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const fixture = fileURLToPath(new URL('fixtures/with-node-test.ts', import.meta.url))

test('node:test runs tests in virtual time, and those of a loop', async () => {
  const args = ['--conditions=@asyncio-ts/source', '--import', 'tsx', '--test-reporter=tap', fixture]
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  const { code, stdout } = await new Promise<{ code: unknown; stdout: string }>((resolve) => {
    execFile(process.execPath, args, { env, timeout: 25_000 }, (error, out) =>
      resolve({ code: error?.code ?? 0, stdout: out }),
    )
  })
  expect(code).toBe(1)
  expect(stdout).toMatch(/^ok 1 - passes/m)
  expect(stdout).toMatch(/^not ok 2 - leaves a timer behind/m)
  expect(stdout).toMatch(/timer <TimerHandle .* when=60>/)
  expect(stdout).toMatch(/^ok 3 - lets mock timers follow/m)
  expect(stdout).toMatch(/^ok 4 - an event loop/m)
  expect(stdout).toMatch(/^# fail 1$/m)
})
