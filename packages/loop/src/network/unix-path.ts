import { NotImplementedError, OSError } from '@asyncio-ts/core'
import { osErrorOf } from '@asyncio-ts/core/primitives'
import { builtin } from '../builtin.ts'
import { checkSocketPath } from '../names/unix-path.ts'

/**
 * Checks that the host has Unix sockets, and that this can be the path of one.
 *
 * @throws TypeError, ValueError, OSError or NotImplementedError
 */
export function checkUnixPath(path: unknown): asserts path is string {
  if (typeof path !== 'string' || path === '') throw new TypeError('The path of a Unix socket is a string.')
  if (process.platform === 'win32') {
    throw new NotImplementedError('Windows has no Unix sockets here: use a TCP connection on 127.0.0.1.')
  }
  checkSocketPath(path)
}

/** The file at a path, as far as it tells one from another; `null` when there is none. */
export interface FileIdentity {
  readonly device: number
  readonly inode: number
}

/** @throws OSError when the path cannot be looked at */
export function identityOf(path: string): FileIdentity | null {
  const stat = builtin('node:fs').statSync(path, { throwIfNoEntry: false })
  return stat === undefined ? null : { device: stat.dev, inode: stat.ino }
}

/** Removes the socket that a server that is gone has left behind; says so when it cannot. */
export function removeStaleSocket(path: string): void {
  const fs = builtin('node:fs')
  try {
    if (fs.statSync(path, { throwIfNoEntry: false })?.isSocket() === true) fs.unlinkSync(path)
  } catch (error) {
    console.warn(`Unable to check or remove stale UNIX socket '${path}': ${osErrorOf(error).message}`)
  }
}

/** A listening Unix socket that is to be closed. */
export interface Closing {
  readonly path: string
  /** The file that the server has made. */
  readonly own: FileIdentity
  /** Whether that file is to go. */
  readonly removesOwn: boolean
  /** Closes the socket, upon which the host removes whatever is at the path. */
  readonly close: () => void
}

/** Closes a listening socket, and removes its file only where it is wanted and still the same. */
export function closeKeepingForeign({ path, own, removesOwn, close }: Closing): void {
  const fs = builtin('node:fs')
  let aside: string | null = null
  try {
    const there = identityOf(path)
    const isOwn = there !== null && there.inode === own.inode && there.device === own.device
    if (there !== null && !(isOwn && removesOwn)) {
      // A folder of its own: whatever name were made up could be that of another file.
      const folder = fs.mkdtempSync(`${path}.`)
      fs.renameSync(path, `${folder}/socket`)
      aside = folder
    }
  } catch (error) {
    console.warn(`Unable to clean up listening UNIX socket '${path}': ${osErrorOf(error).message}`)
  }
  close()
  if (aside === null) return
  fs.renameSync(`${aside}/socket`, path)
  fs.rmdirSync(aside)
}

/** Says of an error of binding what it means, as CPython does. */
export function unixBindErrorOf(error: unknown, path: string): unknown {
  if (!(error instanceof OSError) || error.code !== 'EADDRINUSE') return error
  const { code, errno, syscall } = error
  return new OSError(`Address '${path}' is already in use`, { cause: error, code, errno, syscall, path })
}
