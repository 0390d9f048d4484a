/**
 * A pipe between the two processes.
 *
 * @see https://docs.python.org/3/library/asyncio-subprocess.html#asyncio.subprocess.PIPE
 */
export const PIPE = -1

/**
 * On stderr: wherever stdout goes.
 *
 * @see https://docs.python.org/3/library/asyncio-subprocess.html#asyncio.subprocess.STDOUT
 */
export const STDOUT = -2

/**
 * The null device.
 *
 * @see https://docs.python.org/3/library/asyncio-subprocess.html#asyncio.subprocess.DEVNULL
 */
export const DEVNULL = -3
