/** A thread that answers each message with the result of the function it names. */
import { parentPort } from 'node:worker_threads'
import { busyCall, one } from './pool-functions.ts'

const functions = { one, busyCall }

parentPort!.on('message', ([id, name]: [number, keyof typeof functions]) => {
  parentPort!.postMessage([id, functions[name]()])
})
