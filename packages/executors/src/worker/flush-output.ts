/** How long printed lines may take to reach the parent: it may not read any more. */
const PATIENCE_MS = 1000

/** The part of a standard stream that is used. */
interface Output {
  readonly writable: boolean
  readonly writableLength: number
  write(text: string, callback: () => void): unknown
}

/**
 * Returns a function that waits until what was printed has been taken by the parent.
 *
 * A thread has no output of its own: it sends its lines to the parent, and keeps those that the parent has not asked
 * for. They are lost when the thread or the program ends before.
 */
export function newFlush(streams: { readonly stdout: Output; readonly stderr: Output }): () => Promise<void> | null {
  let hasGivenUp = false
  return () => {
    if (hasGivenUp) return null
    const { stdout, stderr } = streams
    if (!isWaiting(stdout) && !isWaiting(stderr)) return null
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        hasGivenUp = true
        resolve()
      }, PATIENCE_MS)
      let left = 2
      const written = (): void => {
        left -= 1
        if (left > 0) return
        clearTimeout(timer)
        resolve()
      }
      for (const output of [stdout, stderr]) {
        if (isWaiting(output)) output.write('', written)
        else written()
      }
    })
  }
}

const isWaiting = (output: Output): boolean => output.writableLength > 0 && output.writable
