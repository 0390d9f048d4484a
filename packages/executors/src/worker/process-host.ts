import type * as workerThreads from 'node:worker_threads'
import type { ToWorker } from './messages.ts'
import { watchParent } from './watch-parent.ts'
import type { WorkerHost } from './worker-host.ts'

/** Makes what a worker that is a process runs on. */
export function processHost(process: NodeJS.Process, threads: typeof workerThreads): WorkerHost {
  // The parent takes for a report only what bears this: functions may send messages of their own.
  let token: unknown
  // A parent that ends takes its children along.
  process.once('disconnect', () => process.exit())
  return {
    states: null,
    // A parent that has gone is noticed above.
    post: (message) => void process.send?.([token, message], () => undefined),
    receive: (listener) => {
      process.once('message', (first) => {
        token = first
        process.on('message', (message) => listener(message as ToWorker))
        watchParent(threads, process.ppid)
      })
    },
    load: (url) => import(url) as Promise<never>,
    // A process writes to the output of its parent by itself.
    flush: () => null,
    exit: () => process.exit(),
  }
}
