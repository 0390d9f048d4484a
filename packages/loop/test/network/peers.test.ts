/** Programs that know nothing of this package on the other side of the connection. */
import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect } from 'vitest'
import type { Coroutine, Task, Transport } from '@asyncio-ts/core'
import type { EventLoop } from '../../src/index.ts'
import { clientSsl, Echo, end, onLoop, portOf, Recorder, serverSsl } from './stage.ts'

const folder = mkdtempSync(join(tmpdir(), 'asyncio-ts-peers-'))
afterAll(() => rmSync(folder, { recursive: true }))

const fixture = (name: string): string => fileURLToPath(new URL(`./fixtures/${name}.pem`, import.meta.url))

/** Whether a program is installed; the tests that need it are skipped otherwise. */
function has(program: string, ...args: string[]): boolean {
  return spawnSync(program, args, { timeout: 10_000 }).status === 0
}

/** A program that runs beside the loop. */
class Peer {
  readonly #child: ChildProcessWithoutNullStreams
  readonly #loop: EventLoop
  output = ''
  errors = ''
  status: number | null = null
  #wake: (() => void) | null = null

  constructor(loop: EventLoop, program: string, args: readonly string[]) {
    this.#loop = loop
    this.#child = spawn(program, args, { timeout: 15_000 })
    this.#child.stdout.on('data', (data) => this.#note(() => (this.output += data)))
    this.#child.stderr.on('data', (data) => this.#note(() => (this.errors += data)))
    this.#child.on('close', (code, signal) => this.#note(() => (this.status = code ?? (signal === null ? -1 : -2))))
    this.#child.stdin.on('error', () => undefined)
  }

  #note(change: () => void): void {
    change()
    this.#wake?.()
  }

  type(text: string): void {
    this.#child.stdin.write(text)
  }

  endInput(): void {
    this.#child.stdin.end()
  }

  kill(): void {
    this.#child.kill()
  }

  *until(condition: () => boolean): Coroutine<void> {
    while (!condition()) {
      if (this.status !== null) throw new Error(`The peer has ended with ${this.status}: ${this.output}${this.errors}`)
      const future = this.#loop.createFuture<void>()
      this.#wake = () => future.done() || future.setResult()
      yield* future
    }
  }

  *untilEnd(): Coroutine<string> {
    yield* this.until(() => this.status !== null)
    return this.output
  }
}

const RESPONSE = 'HTTP/1.1 200 OK\r\ncontent-length: 12\r\nconnection: close\r\n\r\nfrom a loop\n'

/** Answers one request and closes. */
class Web extends Recorder {
  override dataReceived(data: Uint8Array): void {
    super.dataReceived(data)
    if (!this.text.includes('\r\n\r\n')) return
    this.transport.write(RESPONSE)
    this.transport.close()
  }
}

describe.runIf(has('curl', '--version'))('curl', () => {
  onLoop('fetches over TCP', function* ({ loop }) {
    const server = yield* loop.createServer(() => new Web(), '127.0.0.1', 0)
    const url = `http://127.0.0.1:${portOf(server)}/`
    const peer = new Peer(loop, 'curl', ['--silent', '--show-error', '--noproxy', '*', '--fail', url])
    expect(yield* peer.untilEnd()).toBe('from a loop\n')
    expect(peer.status).toBe(0)
    yield* end({ server })
  })

  onLoop('fetches over TLS, and checks the certificate', function* ({ loop }) {
    const server = yield* loop.createServer(() => new Web(), '127.0.0.1', 0, { ssl: serverSsl() })
    const args = ['--silent', '--show-error', '--noproxy', '*', '--cacert', fixture('authority')]
    const peer = new Peer(loop, 'curl', [...args, `https://127.0.0.1:${portOf(server)}/`])
    expect(yield* peer.untilEnd()).toBe('from a loop\n')
    expect(peer.status).toBe(0)
    const wary = new Peer(loop, 'curl', ['--silent', '--noproxy', '*', `https://127.0.0.1:${portOf(server)}/`])
    yield* wary.untilEnd()
    expect(wary.status).toBe(60)
    yield* end({ server })
  })

  onLoop('fetches over a Unix socket', function* ({ loop }) {
    const path = join(folder, 'web.sock')
    const server = yield* loop.createUnixServer(() => new Web(), path)
    const peer = new Peer(loop, 'curl', ['--silent', '--noproxy', '*', '--unix-socket', path, 'http://localhost/'])
    expect(yield* peer.untilEnd()).toBe('from a loop\n')
    yield* end({ server })
  })
})

describe.runIf(has('nc', '-h'))('nc -U', () => {
  onLoop('talks over a Unix socket', function* ({ loop }) {
    const path = join(folder, 'nc.sock')
    const server = yield* loop.createUnixServer(() => new Echo(), path)
    const peer = new Peer(loop, 'nc', ['-U', path])
    peer.type('hello\n')
    yield* peer.until(() => peer.output === 'hello\n')
    peer.kill()
    yield* end({ server })
  })
})

describe.runIf(has('openssl', 'version'))('openssl', () => {
  onLoop('s_client talks to a server', function* ({ loop }) {
    const accepted = new Echo()
    const server = yield* loop.createServer(() => accepted, '127.0.0.1', 0, { ssl: serverSsl() })
    const address = `127.0.0.1:${portOf(server)}`
    const args = ['s_client', '-connect', address, '-CAfile', fixture('authority'), '-verify_return_error', '-quiet']
    const peer = new Peer(loop, 'openssl', args)
    peer.type('hello\n')
    yield* peer.until(() => peer.output.includes('hello\n'))
    accepted.transport.close()
    yield* peer.untilEnd()
    yield* accepted.untilLost()
    expect(accepted.lost).toBeNull()
    yield* end({ server })
  })

  onLoop('s_server talks to a client, over each version of TLS', function* ({ loop }) {
    for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
      const files = ['-cert', fixture('server'), '-key', fixture('server-key')]
      const peer = new Peer(loop, 'openssl', ['s_server', '-accept', '127.0.0.1:0', ...files, '-naccept', '1', '-rev'])
      yield* peer.until(() => /ACCEPT 127.0.0.1:\d+/.test(peer.output))
      const port = Number(/ACCEPT 127.0.0.1:(\d+)/.exec(peer.output)![1])
      const client = new Recorder()
      const ssl = { ...clientSsl, minVersion: version, maxVersion: version }
      const [transport] = yield* loop.createConnection(() => client, '127.0.0.1', port, { ssl })
      expect(transport.getExtraInfo('cipher')).toMatchObject({ version })
      transport.write('desrever\n')
      yield* client.untilText('reversed\n')
      transport.close()
      yield* client.untilLost()
      yield* peer.untilEnd()
    }
  })
})

const PYTHON_CLIENT = `
import asyncio, ssl, sys
async def main(port, ca):
    context = ssl.create_default_context(cafile=ca) if ca else None
    reader, writer = await asyncio.open_connection('127.0.0.1', port, ssl=context)
    writer.write(b'x' * 3_000_000)
    await writer.drain()
    data = await reader.readexactly(3_000_000)
    if not ca:
        writer.write_eof()
        assert await reader.read() == b''
    writer.close()
    await writer.wait_closed()
    print(len(data), set(data) == {ord('x')})
asyncio.run(main(int(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None))
`

const PYTHON_SERVER = `
import asyncio, ssl, sys
async def handle(reader, writer):
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
    writer.close()
async def main(cert, key):
    context = None
    if cert:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(cert, key)
    server = await asyncio.start_server(handle, '127.0.0.1', 0, ssl=context)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
asyncio.run(main(*(sys.argv[1:] or [None, None])))
`

const PYTHON_STARTTLS = `
import asyncio, ssl, sys
async def main(port, ca):
    reader, writer = await asyncio.open_connection('127.0.0.1', port)
    writer.write(b'STARTTLS\\n')
    assert await reader.readline() == b'go\\n'
    loop = asyncio.get_running_loop()
    context = ssl.create_default_context(cafile=ca)
    await writer.start_tls(context, server_hostname='localhost')
    writer.write(b'secret\\n')
    print((await reader.readline()).decode(), end='')
    writer.close()
asyncio.run(main(int(sys.argv[1]), sys.argv[2]))
`

/** Is asked for TLS in plain text, and encrypts the connection. */
class Upgrading extends Recorder {
  readonly #loop: EventLoop
  upgrade: Task<Transport> | null = null

  constructor(loop: EventLoop) {
    super()
    this.#loop = loop
  }

  override dataReceived(data: Uint8Array): void {
    super.dataReceived(data)
    if (this.text !== 'STARTTLS\n') {
      if (this.text.endsWith('secret\n')) this.transport.write('heard in secret\n')
      return
    }
    this.transport.write('go\n')
    this.upgrade = this.#loop.createTask(
      this.#loop.startTls(this.transport, this, serverSsl(), { serverSide: true }),
    ) as Task<Transport>
    this.upgrade.addDoneCallback((task) => (this.transport = task.result()))
  }
}

describe.runIf(has('python3', '-c', 'import asyncio'))('asyncio of CPython', () => {
  for (const isEncrypted of [false, true]) {
    const how = isEncrypted ? 'over TLS' : 'in plain'
    onLoop(`talks to a server ${how}`, function* ({ loop }) {
      const accepted = new Echo()
      const options = isEncrypted ? { ssl: serverSsl() } : {}
      const server = yield* loop.createServer(() => accepted, '127.0.0.1', 0, options)
      const args = ['-c', PYTHON_CLIENT, String(portOf(server)), ...(isEncrypted ? [fixture('authority')] : [])]
      const peer = new Peer(loop, 'python3', args)
      expect((yield* peer.untilEnd()) + peer.errors).toBe('3000000 True\n')
      yield* accepted.untilLost()
      expect(accepted.lost).toBeNull()
      yield* end({ server })
    })

    onLoop(`talks to a client ${how}`, function* ({ loop }) {
      const files = isEncrypted ? [fixture('server'), fixture('server-key')] : []
      const peer = new Peer(loop, 'python3', ['-c', PYTHON_SERVER, ...files])
      yield* peer.until(() => peer.output.endsWith('\n'))
      const client = new Recorder()
      const options = isEncrypted ? { ssl: clientSsl } : {}
      const [transport] = yield* loop.createConnection(() => client, '127.0.0.1', Number(peer.output), options)
      transport.write(new Uint8Array(3_000_000))
      yield* client.until(() => client.byteCount === 3_000_000)
      if (isEncrypted) transport.close()
      else transport.writeEof()
      yield* client.untilLost()
      expect(client.lost).toBeNull()
      peer.endInput()
      yield* peer.untilEnd()
      expect(peer.errors).toBe('')
    })
  }
})

const hasStartTls = has('python3', '-c', 'import asyncio; asyncio.StreamWriter.start_tls')

describe.runIf(hasStartTls)('start_tls of CPython', () => {
  onLoop('upgrades a connection with startTls', function* ({ loop }) {
    const accepted = new Upgrading(loop)
    const server = yield* loop.createServer(() => accepted, '127.0.0.1', 0)
    const peer = new Peer(loop, 'python3', ['-c', PYTHON_STARTTLS, String(portOf(server)), fixture('authority')])
    expect((yield* peer.untilEnd()) + peer.errors).toBe('heard in secret\n')
    yield* accepted.untilLost()
    yield* end({ server })
  })
})
