import { readFileSync } from 'node:fs'
import { PassThrough } from 'node:stream'
import { describe, expect } from 'vitest'
import { getRunningLoop } from '@asyncio-ts/core'
import type { Coroutine, NetworkLoop } from '@asyncio-ts/core'
import { openConnection, startServer, StreamReader, StreamReaderProtocol } from '../src/index.ts'
import type { StreamWriter } from '../src/index.ts'
import { inBoth, text } from '../../../test-support/on-real-loop.ts'

const fixtures = new URL('../../loop/test/network/fixtures/', import.meta.url)
const pem = (name: string): string => readFileSync(new URL(`${name}.pem`, fixtures), 'utf8')

function* greet(reader: StreamReader, writer: StreamWriter): Coroutine<void> {
  writer.write(`hello ${text(yield* reader.readline())}`)
  yield* writer.drain()
  writer.close()
}

describe('streams', () => {
  inBoth('are encrypted from the start when asked for', function* (wait) {
    const ssl = { cert: pem('server'), key: pem('server-key') }
    const server = yield* wait(startServer(greet, '127.0.0.1', 0, { ssl }))
    const [, port] = server.sockets[0]!.getsockname() as [string, number]
    const trusted = { ssl: { ca: pem('authority') }, serverHostname: 'localhost' }
    const [reader, writer] = yield* wait(openConnection('127.0.0.1', port, trusted))
    expect(writer.getExtraInfo('cipher')).not.toBeNull()
    writer.write('tls\n')
    expect(text(yield* wait(reader.read()))).toBe('hello tls\n')
    yield* wait(writer[Symbol.asyncDispose]())
    let error: Error | undefined
    try {
      yield* wait(openConnection('127.0.0.1', port, { ssl: true, serverHostname: 'localhost' }))
    } catch (thrown) {
      error = thrown as Error
    }
    expect(error?.name).toBe('SSLCertVerificationError')
    server.close()
    yield* wait(server.waitClosed())
  })

  inBoth('read a pipe to its end', function* (wait) {
    const loop = getRunningLoop() as unknown as NetworkLoop
    const pipe = new PassThrough()
    const reader = new StreamReader()
    const protocol = new StreamReaderProtocol(reader)
    yield* wait(loop.connectReadPipe(() => protocol, pipe))
    pipe.write('some ')
    pipe.end('bytes')
    expect(text(yield* wait(reader.read()))).toBe('some bytes')
    expect(String(reader)).toMatch(/^<StreamReader eof transport=.*ReadPipeTransport.*>$/)
  })

  inBoth('end for their reader when their writer is closed', function* (wait) {
    const server = yield* wait(startServer(greet, '127.0.0.1', 0))
    const [, port] = server.sockets[0]!.getsockname() as [string, number]
    const [reader, writer] = yield* wait(openConnection('127.0.0.1', port))
    writer.close()
    yield* wait(writer.waitClosed())
    expect([reader.atEof(), (yield* wait(reader.read())).length]).toEqual([true, 0])
    server.close()
    yield* wait(server.waitClosed())
  })
})
