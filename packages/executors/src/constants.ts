/** How many functions a worker keeps. A function written in place, which is a new one at each call, has one text. */
export const MAX_FUNCTIONS = 1000

/** A wait so long that it never ends: the timer is there to keep the process alive. */
export const FOREVER_MS = 2 ** 31 - 1

/** How long a worker may take to end by itself before it is killed. */
export const GRACE_MS = 2000
