import { FileNotFoundError } from '@asyncio-ts/core'
import { osErrorOf } from '@asyncio-ts/core/primitives'
import type { SubprocessOptions } from '@asyncio-ts/core'
import { builtin } from '../builtin.ts'

const DEFAULT_PATH = '/usr/local/bin:/bin:/usr/bin'

/**
 * Finds a program as the system would, where a shell that starts it would report a failure to nobody but the child.
 *
 * @throws FileNotFoundError when there is none of that name
 * @throws PermissionError when those that there are cannot be executed
 */
export function findProgram(program: string, { cwd, env }: SubprocessOptions): string {
  const { accessSync, constants, statSync } = builtin('node:fs')
  const { resolve } = builtin('node:path')
  const base = cwd instanceof URL ? builtin('node:url').fileURLToPath(cwd) : (cwd ?? '.')
  const folders = program.includes('/') ? [''] : ((env ?? globalEnv())['PATH'] ?? DEFAULT_PATH).split(':')
  let refused: Error | null = null
  for (const folder of folders) {
    const path = resolve(base, folder, program)
    try {
      accessSync(path, constants.X_OK)
      if (statSync(path).isFile()) return path
    } catch (error) {
      const failure = osErrorOf(error) as Error & { code?: string }
      if (failure.code === 'EACCES') refused ??= failure
    }
  }
  if (refused !== null) throw refused
  const message = `ENOENT: no such file or directory, spawn '${program}'`
  throw new FileNotFoundError(message, { code: 'ENOENT', syscall: 'spawn', path: program })
}

function globalEnv(): Record<string, string | undefined> {
  return (globalThis as unknown as { process: { env: Record<string, string | undefined> } }).process.env
}
