import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { GaiError, ValueError } from '@asyncio-ts/core'
import type { AddressInfo, AddressInfoOptions } from '../../src/index.ts'
import { onLoop } from '../on-loop.ts'
import { hasPython } from '../python-peer.ts'

type Case = [string, [string | null, (string | number | null)?, AddressInfoOptions?]]

/** The arguments of CPython's getaddrinfo, and of ours. */
const questions: Case[] = [
  ["'127.0.0.1', 80", ['127.0.0.1', 80]],
  ["'::1', '80'", ['::1', '80']],
  ["'127.0.0.1', 'http', type=socket.SOCK_STREAM", ['127.0.0.1', 'http', { type: 'stream' }]],
  ["'127.0.0.1', 'domain', type=socket.SOCK_DGRAM", ['127.0.0.1', 'domain', { type: 'dgram' }]],
  ["'127.0.0.1', None, proto=6", ['127.0.0.1', null, { proto: 6 }]],
  ["'localhost', 80, family=socket.AF_INET", ['localhost', 80, { family: 4 }]],
  ['None, 80', [null, 80]],
  ['None, 80, family=socket.AF_INET', [null, 80, { family: 4 }]],
  ['None, 80, flags=socket.AI_PASSIVE', [null, 80, { flags: ['AI_PASSIVE'] }]],
  ["'127.0.0.1', 80, flags=socket.AI_NUMERICHOST", ['127.0.0.1', 80, { flags: ['AI_NUMERICHOST'] }]],
]

/** What CPython answers, in our shape. */
function pythonAnswers(args: readonly string[]): AddressInfo[][] {
  const calls = args.map((each) => `socket.getaddrinfo(${each})`).join(', ')
  const script = `
import json, socket
kinds = {socket.SOCK_STREAM: 'stream', socket.SOCK_DGRAM: 'dgram', socket.SOCK_RAW: 'raw'}
print(json.dumps([[[6 if f == socket.AF_INET6 else 4, kinds[t], p, c, a[:2]]
  for f, t, p, c, a in answer] for answer in [${calls}]]))`
  return JSON.parse(execFileSync('python3', ['-c', script], { encoding: 'utf8' })) as AddressInfo[][]
}

describe('getaddrinfo', () => {
  it.skipIf(!hasPython)(
    'answers what CPython does',
    onLoop(async (loop) => {
      const answers = pythonAnswers(questions.map(([python]) => python))
      for (const [index, [python, args]] of questions.entries()) {
        expect([python, await loop.getaddrinfo(...args)]).toEqual([python, answers[index]])
      }
    }),
  )

  it.each<Case>([
    ['a name that does not exist', ['nowhere.invalid', 80]],
    ['a name where an address is asked for', ['localhost', 80, { flags: ['AI_NUMERICHOST'] }]],
    ['an address of the other family', ['127.0.0.1', 80, { family: 6 }]],
    ['a service that does not exist', ['127.0.0.1', 'no-such-service']],
    ['a service where a number is asked for', ['127.0.0.1', 'http', { flags: ['AI_NUMERICSERV'] }]],
    ['an empty name', ['', 80]],
    ['nothing at all', [null, null]],
  ])('fails for %s', (_, args) =>
    onLoop(async (loop) => {
      await expect(loop.getaddrinfo(...args)).rejects.toThrow(GaiError)
    })(),
  )

  it(
    'says what is wrong with its arguments',
    onLoop(async (loop) => {
      await expect(loop.getaddrinfo('127.0.0.1', 70_000)).rejects.toThrow(ValueError)
      const flags = ['AI_CANONNAME'] as unknown as ['AI_PASSIVE']
      await expect(loop.getaddrinfo('127.0.0.1', 80, { flags })).rejects.toThrow('AI_CANONNAME is not supported')
    }),
  )

  it(
    'can be cancelled while the system looks up a name',
    onLoop(async (loop) => {
      const task = loop.createTask(loop.getaddrinfo('localhost', 80))
      loop.callSoon(() => task.cancel())
      await expect(task).rejects.toThrow(expect.objectContaining({ name: 'CancelledError' }))
    }),
  )
})

describe('getnameinfo', () => {
  it(
    'finds names, and falls back to digits',
    onLoop(async (loop) => {
      expect(await loop.getnameinfo(['127.0.0.1', 80])).toEqual(['localhost', 'http'])
      expect(await loop.getnameinfo(['127.0.0.1', 80], ['NI_NUMERICHOST'])).toEqual(['127.0.0.1', 'http'])
      expect(await loop.getnameinfo(['127.0.0.1', 80], ['NI_NUMERICHOST', 'NI_NUMERICSERV'])).toEqual([
        '127.0.0.1',
        '80',
      ])
      expect(await loop.getnameinfo(['127.0.0.1', 53], ['NI_DGRAM'])).toEqual(['localhost', 'domain'])
      expect(await loop.getnameinfo(['127.0.0.1', 64_321])).toEqual(['localhost', '64321'])
    }),
  )

  it(
    'takes addresses only',
    onLoop(async (loop) => {
      await expect(loop.getnameinfo(['localhost', 80])).rejects.toThrow(GaiError)
      await expect(loop.getnameinfo(['127.0.0.1'] as never)).rejects.toThrow(TypeError)
    }),
  )

  it(
    'can be cancelled while the system looks up a name',
    onLoop(async (loop) => {
      const task = loop.createTask(loop.getnameinfo(['127.0.0.1', 80]))
      loop.callSoon(() => task.cancel())
      await expect(task).rejects.toThrow(expect.objectContaining({ name: 'CancelledError' }))
    }),
  )
})
