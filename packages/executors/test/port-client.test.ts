import { MessageChannel } from 'node:worker_threads'
import type { MessagePort } from 'node:worker_threads'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isCancelled, RuntimeError } from '@asyncio-ts/core'
import { PortClient } from '../src/port-client.ts'
import type { FromLoop } from '../src/port-messages.ts'
import { describeError } from '../src/worker/describe-error.ts'

let loop: MessagePort
let worker: MessagePort
let client: PortClient
let received: unknown[]

beforeEach(() => {
  const { port1, port2 } = new MessageChannel()
  loop = port1
  worker = port2
  received = []
  client = PortClient.of(port2)
  expect(PortClient.of(port2)).toBe(client)
  loop.on('message', (message: unknown) => void received.push(message))
})

afterEach(() => loop.close())

/** Waits until the loop's side has received so many messages; the test's own time limit bounds it. */
async function messages(count: number): Promise<unknown[]> {
  while (received.length < count) await new Promise((resolve) => setImmediate(resolve))
  return received
}

const answer = (message: FromLoop): void => loop.postMessage(message)

async function failure(call: PromiseLike<unknown>): Promise<Error> {
  return call.then(
    () => new Error('It did not fail.'),
    (error: Error) => error,
  )
}

describe('PortClient', () => {
  it('asks the loop, and matches answers by their numbers', async () => {
    const calls = [client.run('double', [1]), client.run('double', [2])]
    client.callSoon('log', ['x'])
    expect(await messages(3)).toEqual([
      ['run', 0, 'double', [1]],
      ['run', 1, 'double', [2]],
      ['callSoon', 'log', ['x']],
    ])
    answer(['result', 1, 4])
    answer(['result', 0, 2])
    expect(await Promise.all(calls)).toEqual([2, 4])
  })

  it('fails a call with the error of its task', async () => {
    const call = client.run('fail', [])
    answer(['error', 0, describeError(new RangeError('no such item'))])
    expect(await failure(call)).toMatchObject({ name: 'RangeError', message: 'no such item' })
  })

  it('cancels a call whose task was cancelled', async () => {
    const call = client.run('wait', [])
    answer(['cancelled', 0])
    expect(isCancelled(await failure(call))).toBe(true)
  })

  it('tells the loop of a cancel once, and ignores what the task says after it', async () => {
    const call = client.run('wait', [])
    call.cancel('not needed')
    call.cancel('again')
    answer(['result', 0, 1])
    expect(isCancelled(await failure(call))).toBe(true)
    const next = client.run('double', [2])
    answer(['result', 1, 4])
    expect(await next).toBe(4)
    expect(await messages(3)).toEqual([
      ['run', 0, 'wait', []],
      ['cancel', 0, 'not needed'],
      ['run', 1, 'double', [2]],
    ])
  })

  it('says nothing of a cancel to a task that has ended', async () => {
    const call = client.run('double', [1])
    answer(['result', 0, 2])
    expect(await call).toBe(2)
    expect(call.cancel()).toBe(false)
  })

  it('ignores what is no answer', async () => {
    const call = client.run('double', [1])
    for (const message of [null, 5, [], ['result'], ['result', '0', 1], ['nonsense', 0], ['result', 7, 1]]) {
      loop.postMessage(message)
    }
    answer(['result', 0, 2])
    expect(await call).toBe(2)
  })

  it('fails every call that waits when an answer cannot be read', async () => {
    const calls = [client.run('double', [1]), client.run('double', [2])]
    worker.emit('messageerror', new Error('unknown type'))
    for (const call of calls) {
      const error = await failure(call)
      expect(error).toBeInstanceOf(RuntimeError)
      expect(error.message).toMatch(/cannot be read/)
    }
  })

  it('fails every call that waits when the port is closed, and takes no more', async () => {
    const call = client.run('wait', [])
    loop.close()
    expect((await failure(call)).message).toMatch(/The loop port or its loop is closed/)
    expect(() => client.run('wait', [])).toThrow(RuntimeError)
    expect(() => client.callSoon('log', [])).toThrow(RuntimeError)
  })

  it('keeps nothing of a call whose arguments cannot be copied', async () => {
    expect(() => client.run('double', [() => 1])).toThrow(/could not be cloned/)
    const call = client.run('double', [1])
    answer(['result', 1, 2])
    expect(await call).toBe(2)
  })
})
