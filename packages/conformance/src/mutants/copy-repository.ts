import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url))
const LEFT_OUT = new Set(['node_modules', 'dist', 'results', '.types', '.turbo'])

/**
 * Copies the sources into a temporary folder, with the installed packages beside them.
 *
 * @returns the folder; the caller removes it
 */
export function copyRepository(): string {
  const copy = mkdtempSync(join(realpathSync(tmpdir()), 'asyncio-ts-mutants-'))
  for (const name of ['package.json', 'tsconfig.base.json', 'vitest.config.ts', 'test-support', 'packages', 'docs']) {
    cpSync(join(ROOT, name), join(copy, name), { recursive: true, filter: (path) => !LEFT_OUT.has(basename(path)) })
  }
  linkInstalled(copy)
  return copy
}

/** Links what is installed, but for the packages of the repository: those are the copies. */
function linkInstalled(copy: string): void {
  const installed = join(copy, 'node_modules')
  mkdirSync(join(installed, '@asyncio-ts'), { recursive: true })
  for (const name of readdirSync(join(ROOT, 'node_modules'))) {
    if (name !== '@asyncio-ts' && name !== 'asyncio-ts') {
      symlinkSync(join(ROOT, 'node_modules', name), join(installed, name))
    }
  }
  for (const name of readdirSync(join(copy, 'packages'))) {
    const link = name === 'asyncio-ts' ? join(installed, name) : join(installed, '@asyncio-ts', name)
    symlinkSync(join(copy, 'packages', name), link)
  }
}
