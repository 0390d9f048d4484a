/** What is written at a time where many bytes are sent. */
export const chunkBytes = 64 * 1024

/** How many chunks make a MiB. */
export const chunksPerMiB = 16
