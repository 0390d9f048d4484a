import { OSError } from '@asyncio-ts/core'
import { builtin } from '../builtin.ts'

/** How much of a file tells whether the system can execute it. */
const HEAD_BYTES = 128

/**
 * Refuses a text that does not say what runs it: the host would give it to a shell, and report nothing.
 *
 * @throws OSError with the code `ENOEXEC`
 */
export function checkExecutable(path: string): void {
  const head = headOf(path)
  if (head === null || head.includes(0) || head.subarray(0, 2).toString('latin1') === '#!') return
  throw new OSError(`ENOEXEC: Exec format error, spawn '${path}'. Begin the file with #! and what runs it.`, {
    code: 'ENOEXEC',
    errno: -builtin('node:os').constants.errno.ENOEXEC,
    syscall: 'spawn',
    path,
  })
}

/** Returns null for a file that may be executed and not read. */
function headOf(path: string): Buffer | null {
  const { closeSync, openSync, readSync } = builtin('node:fs')
  let fd
  try {
    fd = openSync(path, 'r')
  } catch {
    return null
  }
  try {
    const head = Buffer.alloc(HEAD_BYTES)
    return head.subarray(0, readSync(fd, head))
  } finally {
    closeSync(fd)
  }
}
