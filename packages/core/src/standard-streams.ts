import type { Devnull, Pipe, ToStdout } from './contract/subprocess-loop.ts'

/**
 * A pipe between the two processes.
 *
 * @see https://docs.python.org/3/library/asyncio-subprocess.html#asyncio.subprocess.PIPE
 */
export const PIPE: Pipe = -1

/**
 * For stderr: the same place as stdout.
 *
 * @see https://docs.python.org/3/library/asyncio-subprocess.html#asyncio.subprocess.STDOUT
 */
export const STDOUT: ToStdout = -2

/**
 * The null device.
 *
 * @see https://docs.python.org/3/library/asyncio-subprocess.html#asyncio.subprocess.DEVNULL
 */
export const DEVNULL: Devnull = -3
