import { describeError } from './describe-error.ts'
import { loadFunction } from './load-function.ts'
import { mapItems } from './map-items.ts'
import { newRunner } from './new-runner.ts'
import { openCall } from './open-call.ts'
import { postResult } from './post-result.ts'
import { startWorker } from './start-worker.ts'
import type { WorkerParts } from './worker-parts.ts'

const parts: WorkerParts = { newRunner, loadFunction, openCall, describeError, mapItems, postResult }

/** Every function whose text is sent: each has to stand by itself. */
export const workerParts: readonly unknown[] = [startWorker, ...Object.values(parts)]

const THREAD = `{
  const { parentPort, workerData } = process.getBuiltinModule('node:worker_threads')
  host = {
    states: workerData.states,
    post: (message, transfer) => parentPort.postMessage(message, transfer),
    receive: (listener, unread) => parentPort.on('message', listener).on('messageerror', unread),
  }
  // A thread whose program is a text does not import by itself what the runtime was told to import before: loaders.
  const { execArgv } = process
  preloads = execArgv.flatMap((option, index) => {
    if (option === '--import') return [execArgv[index + 1]]
    return option.startsWith('--import=') ? [option.slice(9)] : []
  })
}`

// A parent that ends takes its children along, whatever they are doing by then.
const PROCESS = `{
  process.once('disconnect', () => process.exit())
  host = {
    states: null,
    post: (message) => void process.send(message),
    receive: (listener) => process.on('message', listener),
  }
}`

/**
 * The program that a worker runs, as text.
 *
 * As text it needs no file of its own, which a bundler would lose, and no loader, which a thread may not have.
 */
export function workerProgram(kind: 'thread' | 'process'): string {
  const functions = Object.entries(parts).map(([name, fn]) => `${name}: ${String(fn)}`)
  return `'use strict'
const __name = (fn) => fn
let host
let preloads = []
let preloaded
${kind === 'thread' ? THREAD : PROCESS}
const preload = async () => {
  for (const module of preloads) {
    await import(module)
    // In threads this one has to be asked.
    const isTsx = /^tsx(\\/esm)?$/.test(module)
    const api = isTsx ? 'tsx/esm/api' : /\\/tsx\\/dist\\/loader\\.mjs$/.test(module) && new URL('esm/api/index.mjs', module)
    if (api) (await import(api)).register()
  }
}
host.load = (url) => (preloaded ??= preload()).then(() => import(url))
;(${String(startWorker)})(host, {
${functions.join(',\n')}
})
`
}
