import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const exec = promisify(execFile)

/** The programs of the guide, each with what it prints; one that begins with a file name is a module of the others. */
function stepsOf(text: string): { name: string | null; code: string; output: string | null }[] {
  return [...text.matchAll(/```ts\n([\s\S]*?)```(?:\n\n```text\n([\s\S]*?)```)?/g)].map(([, code, output]) => ({
    name: /^\/\/ (\S+\.ts)\n/.exec(code!)?.[1] ?? null,
    code: code!,
    output: output ?? null,
  }))
}

/** `UPDATE_GUIDE=1` writes what the programs print into the guide. */
const isUpdate = process.env['UPDATE_GUIDE'] !== undefined

test('the guide about finding a race shows what its programs print', async () => {
  const path = join(root, 'docs/guides/finding-a-race.md')
  const steps = stepsOf(readFileSync(path, 'utf8'))
  expect(steps.filter(({ output }) => output !== null)).toHaveLength(5)
  // Inside the repository, where the packages are found.
  const folder = mkdtempSync(join(root, 'docs', '.run-'))
  try {
    for (const { name, code, output } of steps) {
      writeFileSync(join(folder, name ?? 'main.ts'), code)
      if (output === null) continue
      const args = ['--conditions=@asyncio-ts/source', '--import', 'tsx', join(folder, 'main.ts')]
      const { stdout } = await exec(process.execPath, args, { cwd: root, timeout: 20_000 })
      if (isUpdate) writeFileSync(path, readFileSync(path, 'utf8').replace(output, stdout))
      else expect(stdout).toBe(output)
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}, 60_000)
