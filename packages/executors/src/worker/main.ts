import type * as workerThreads from 'node:worker_threads'
import { processHost } from './process-host.ts'
import { startWorker } from './start-worker.ts'
import { threadHost } from './thread-host.ts'

/** The program of a worker: bundled into the text of `program-text.ts`. */
const threads = process.getBuiltinModule('node:worker_threads') as typeof workerThreads
startWorker(threads.isMainThread ? processHost(process, threads) : threadHost(process, threads))
