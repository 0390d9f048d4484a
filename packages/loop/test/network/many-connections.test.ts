import { readdirSync } from 'node:fs'
import { describe, expect } from 'vitest'
import type { Coroutine, Task } from '@asyncio-ts/core'
import type { EventLoop } from '../../src/index.ts'
import { clientSsl, Echo, end, onLoop, portOf, Recorder, serverSsl } from './stage.ts'

/** More in a long run: `CONNECTIONS=10000 npm test`. */
const total = Number(process.env['CONNECTIONS'] ?? 400)
const atOnce = 50

/** What the process has open, where the system tells. */
function descriptors(): number {
  return process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0
}

/** The ways in which a connection may end. */
const endings: ((client: Recorder) => void)[] = [
  (client) => client.transport.close(),
  (client) => client.transport.abort(),
  (client) => client.transport.writeEof(),
  (client) => client.transport.write('echo this'),
]

function* one(loop: EventLoop, port: number, ending: number, ssl: boolean): Coroutine<void> {
  const client = new Recorder()
  yield* loop.createConnection(() => client, '127.0.0.1', port, ssl ? { ssl: clientSsl } : {})
  if (ssl && ending === 2) client.transport.close()
  else endings[ending]!(client)
  if (ending === 3) {
    yield* client.untilText('echo this')
    client.transport.close()
  }
  yield* client.untilLost()
}

describe('many connections', () => {
  for (const [kind, count] of [
    ['plain', total],
    ['encrypted', Math.ceil(total / 10)],
  ] as const) {
    const isEncrypted = kind === 'encrypted'
    onLoop(
      `that come and go leave nothing behind, ${kind}`,
      function* ({ loop }) {
        const before = descriptors()
        const options = isEncrypted ? { ssl: serverSsl() } : {}
        const server = yield* loop.createServer(() => new Echo(), '127.0.0.1', 0, options)
        const port = portOf(server)
        for (let made = 0; made < count; made += atOnce) {
          const tasks: Task<void>[] = []
          for (let index = 0; index < atOnce && made + index < count; index++) {
            tasks.push(loop.createTask(one(loop, port, (made + index) % 4, isEncrypted)) as Task<void>)
          }
          for (const task of tasks) yield* task
        }
        yield* end({ server })
        for (let turn = 0; turn < 100 && descriptors() > before; turn++) yield undefined
        expect(descriptors()).toBeLessThanOrEqual(before)
      },
      120_000,
    )
  }
})
