import { MessageChannel } from 'node:worker_threads'
import type * as workerThreads from 'node:worker_threads'
import { expect, it, onTestFinished } from 'vitest'
import { CALL_STATES } from '../../src/worker/messages.ts'
import { threadHost } from '../../src/worker/thread-host.ts'

function newHost(): { host: ReturnType<typeof threadHost>; pool: workerThreads.MessagePort; workerData: object } {
  const { port1, port2 } = new MessageChannel()
  onTestFinished(() => port1.close())
  const workerData = { states: new Int32Array(CALL_STATES), port: port2 }
  const threads = { workerData } as unknown as typeof workerThreads
  return { host: threadHost(process, threads), pool: port1, workerData }
}

it('talks to the pool through a port of its own, which the functions of the thread do not find', async () => {
  const { host, pool, workerData } = newHost()
  expect(workerData).toEqual({})
  expect(host.states).toHaveLength(CALL_STATES)
  const received = new Promise((resolve) => pool.once('message', resolve))
  const bytes = new Uint8Array([1])
  host.post(['result', bytes], [bytes.buffer])
  expect(await received).toEqual(['result', new Uint8Array([1])])
  expect(bytes.byteLength).toBe(0)
  const heard = new Promise((resolve) => host.receive(resolve, () => undefined))
  pool.postMessage(['start'])
  expect(await heard).toEqual(['start'])
})

it('imports modules', async () => {
  const { host } = newHost()
  expect(await host.load('node:path')).toHaveProperty('basename')
})

it('has nothing to flush where nothing was printed', () => {
  expect(newHost().host.flush()).toBeNull()
})
