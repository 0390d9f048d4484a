/** What `sleep(0)` is without a library: a trip to the host that lets its I/O run. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve))
