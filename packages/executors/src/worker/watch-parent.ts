import type * as workerThreads from 'node:worker_threads'

/** How often a process looks whether its parent is still there. */
const INTERVAL_MS = 500

/** What the thread runs: it has a loop of its own, which a busy function does not hold up. */
const watch = (parent: number): string => `
setInterval(() => {
  let isThere = process.ppid === ${parent}
  try {
    process.kill(${parent}, 0)
  } catch (error) {
    isThere &&= error.code !== 'ESRCH'
  }
  if (!isThere) process.kill(process.pid, 'SIGKILL')
}, ${INTERVAL_MS})
`

/**
 * Ends this process soon after its parent has ended, even if it is busy.
 *
 * A process that is busy does not notice that its channel is closed; a thread beside it does.
 */
export function watchParent(threads: typeof workerThreads, parent: number): void {
  try {
    const thread = new threads.Worker(watch(parent), {
      eval: true,
      name: 'parent watch',
      // Neither the loaders of the program nor its environment are needed.
      execArgv: [],
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2 },
    })
    thread.on('error', () => undefined)
    thread.unref()
  } catch {
    // A program that may not make threads goes without.
  }
}
