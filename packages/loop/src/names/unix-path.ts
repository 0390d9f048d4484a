import { OSError, ValueError } from '@asyncio-ts/core'

/** Whether the path is a name outside the file system, as Linux has them. */
export function isAbstract(path: string): boolean {
  return path.startsWith('\0')
}

/**
 * Checks the path of a Unix socket: the host would cut it at a null character, or where it is too long.
 *
 * @throws ValueError when it holds a null character
 * @throws OSError when it is too long
 */
export function checkSocketPath(path: string): void {
  if (!isAbstract(path) && path.includes('\0')) throw new ValueError('embedded null character in the path of a socket')
  const roomBytes = process.platform === 'linux' ? 108 : 104
  // A path in the file system ends with a null character, which takes a place.
  const longestBytes = isAbstract(path) ? roomBytes : roomBytes - 1
  if (Buffer.byteLength(path) <= longestBytes) return
  throw new OSError(`AF_UNIX path too long: it has more than ${longestBytes} bytes.`, { code: 'ENAMETOOLONG' })
}
