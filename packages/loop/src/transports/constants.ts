/** After this many writes to a lost connection there is a warning. */
export const LOST_WRITES_BEFORE_WARNING = 5

/** The memory through which writes are copied: what a socket takes at once, as a rule. */
export const WRITE_SLAB_BYTES = 128 * 1024

/** How much of that memory waits to be used again: a burst of writes is over when more comes back. */
export const FREE_SLABS = 16
