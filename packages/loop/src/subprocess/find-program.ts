import type { SubprocessOptions } from '@asyncio-ts/core'
import { builtin } from '../builtin.ts'
import { hostEnvironment } from './host-environment.ts'

const DEFAULT_PATH = '/usr/local/bin:/bin:/usr/bin'

/** Finds the file that the system will execute; null when it will find none. */
export function findProgram(program: string, { cwd, env }: SubprocessOptions): string | null {
  const { accessSync, constants, statSync } = builtin('node:fs')
  const { resolve } = builtin('node:path')
  const base = cwd instanceof URL ? builtin('node:url').fileURLToPath(cwd) : (cwd ?? '.')
  const folders = program.includes('/') ? [''] : ((env ?? hostEnvironment())['PATH'] ?? DEFAULT_PATH).split(':')
  for (const folder of folders) {
    const path = resolve(base, folder, program)
    try {
      accessSync(path, constants.X_OK)
      if (statSync(path).isFile()) return path
    } catch {
      // The next folder may have one.
    }
  }
  return null
}
