import { ValueError } from '@asyncio-ts/core'
import { osErrorOf, reprOf } from '@asyncio-ts/core/primitives'
import type { BaseEventLoop } from '@asyncio-ts/core/primitives'
import type { Stats } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import type { Readable, Writable } from 'node:stream'
import { builtin } from '../builtin.ts'

/** Something with a descriptor: an open file of the host, or any object of the caller's. */
interface Descriptor {
  readonly fd: number
}

/**
 * Takes over what is to be read as a pipe.
 *
 * @param pipe - a readable stream of bytes, a descriptor, or an object that has one in `fd`
 * @throws ValueError when it is closed, or something else than a pipe, a socket or a character device
 * @throws TypeError when it is none of these
 */
export function adoptReadable(loop: BaseEventLoop, pipe: unknown): Readable {
  if (isStream(pipe, 'resume')) {
    const { readableEncoding, readableObjectMode, destroyed } = pipe as Readable
    if (readableEncoding !== null && readableEncoding !== undefined) throw notBytes('an encoding')
    if (readableObjectMode) throw notBytes('objects')
    checkStream(pipe, destroyed)
    return pipe as Readable
  }
  return open(takeDescriptor(loop, pipe, 'O_RDONLY'), true) as Readable
}

/**
 * Takes over what is to be written as a pipe; see {@link adoptReadable}.
 */
export function adoptWritable(loop: BaseEventLoop, pipe: unknown): Writable {
  if (isStream(pipe, 'write')) {
    const { writableObjectMode, destroyed, writableEnded } = pipe as unknown as Writable
    if (writableObjectMode) throw notBytes('objects')
    checkStream(pipe, destroyed || writableEnded)
    return pipe as unknown as Writable
  }
  return open(takeDescriptor(loop, pipe, 'O_WRONLY'), false) as Writable
}

function isStream(pipe: unknown, method: string): pipe is object {
  if (typeof pipe !== 'object' || pipe === null) return false
  const stream = pipe as Record<string, unknown>
  return typeof stream[method] === 'function' && typeof stream['on'] === 'function'
}

function notBytes(what: string): ValueError {
  return new ValueError(`Pipe transport is for streams of bytes only, and this one has ${what}.`)
}

/** Refuses a stream that is closed, or that is of a regular file. */
function checkStream(stream: object, isClosed: boolean): void {
  if (isClosed) throw new ValueError('I/O operation on closed file: give a stream that is open.')
  const { fd, path, pending } = stream as { fd?: unknown; path?: unknown; pending?: unknown }
  if (typeof fd === 'number') statOf(fd)
  else if (pending === true && typeof path === 'string') refuseRegular(builtin('node:fs').statSync(path))
}

function statOf(fd: number): Stats {
  let stats
  try {
    stats = builtin('node:fs').fstatSync(fd)
  } catch (error) {
    throw osErrorOf(error)
  }
  return refuseRegular(stats)
}

function refuseRegular(stats: Stats): Stats {
  if (stats.isFIFO() || stats.isSocket() || stats.isCharacterDevice()) return stats
  throw new ValueError('Pipe transport is only for pipes, sockets and character devices.')
}

/**
 * The descriptor of a pipe, from now on the transport's own.
 *
 * A FileHandle closes its descriptor by itself: it gives way to a second one.
 */
function takeDescriptor(loop: BaseEventLoop, pipe: unknown, mode: 'O_RDONLY' | 'O_WRONLY'): number {
  if (typeof pipe === 'number') return pipe
  if (typeof pipe !== 'object' || typeof (pipe as Partial<Descriptor> | null)?.fd !== 'number') {
    throw new TypeError(`A pipe is a stream, a file descriptor or an object with one in fd, got ${reprOf(pipe)}.`)
  }
  const { fd } = pipe as Descriptor
  return isFileHandle(pipe as Descriptor) ? replace(loop, pipe as FileHandle, mode) : fd
}

function isFileHandle(pipe: Descriptor): pipe is FileHandle {
  const { createReadStream, datasync } = pipe as Partial<FileHandle>
  return typeof createReadStream === 'function' && typeof datasync === 'function'
}

function replace(loop: BaseEventLoop, handle: FileHandle, mode: 'O_RDONLY' | 'O_WRONLY'): number {
  statOf(handle.fd)
  const { constants, openSync } = builtin('node:fs')
  let fd
  try {
    fd = openSync(`/dev/fd/${handle.fd}`, constants[mode] | constants.O_NONBLOCK)
  } catch (error) {
    throw osErrorOf(error)
  }
  handle.close().catch((exception: unknown) => {
    loop.callExceptionHandler({ message: 'Closing the file of a pipe failed', exception })
  })
  return fd
}

/** Opens a stream over a descriptor; which kind depends on what is behind it. */
function open(fd: number, isRead: boolean): Readable | Writable {
  const stats = statOf(fd)
  try {
    if (!stats.isCharacterDevice()) return openSocket(fd, isRead, stats.isSocket())
    const tty = builtin('node:tty')
    if (tty.isatty(fd)) return isRead ? new tty.ReadStream(fd) : new tty.WriteStream(fd)
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ERR_INVALID_FD_TYPE') throw osErrorOf(error)
    throw new ValueError('Pipe transport is only for pipes, stream sockets and character devices.', { cause: error })
  }
  const fs = builtin('node:fs')
  return isRead ? fs.createReadStream('', { fd }) : fs.createWriteStream('', { fd })
}

function openSocket(fd: number, isRead: boolean, isSocket: boolean): Readable | Writable {
  const { Socket } = builtin('node:net')
  const socket = new Socket({ fd, readable: isRead || isSocket, writable: !isRead || isSocket })
  // Only who reads hears that the other side has gone.
  if (isSocket && !isRead) socket.resume()
  return socket
}
