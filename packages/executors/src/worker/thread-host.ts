import type * as workerThreads from 'node:worker_threads'
import { newFlush } from './flush-output.ts'
import type { ThreadData } from './messages.ts'
import { preload } from './preload.ts'
import type { WorkerHost } from './worker-host.ts'

/** Makes what a worker that is a thread runs on. */
export function threadHost(process: NodeJS.Process, threads: typeof workerThreads): WorkerHost {
  const data = threads.workerData as Partial<ThreadData>
  const port = data.port as workerThreads.MessagePort
  const { states } = data as ThreadData
  // What the functions do with their thread's data and port is their own business.
  delete (data as { port?: object }).port
  delete (data as { states?: object }).states
  let preloaded: Promise<void> | null = null
  return {
    states,
    post: (message, transfer) => port.postMessage(message, transfer as never),
    receive: (listener, unread) => void port.on('message', listener).on('messageerror', unread),
    load: (url) => (preloaded ??= preload(process.execArgv)).then(() => import(url)) as Promise<never>,
    flush: newFlush(process),
    exit: () => process.exit(),
  }
}
