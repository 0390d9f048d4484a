import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { runProgram } from './program.ts'

const fixtures = fileURLToPath(new URL('./network/fixtures/', import.meta.url))

/** Begins something on a loop and waits for it; called again and again, and left at another stage each time. */
const scenarios = {
  'a connection with unsent bytes that is closed': `
    const server = await loop.createServer(() => new Deaf(), '127.0.0.1', 0)
    const [transport] = await loop.createConnection(() => new Protocol(), ...server.sockets[0].getsockname())
    await sleepTurns(2)
    transport.write(new Uint8Array(8_000_000))
    transport.close()
    await sleepTurns(5)`,
  'a TLS connection with unsent bytes that is closed': `
    const server = await loop.createServer(() => new Deaf(), '127.0.0.1', 0, { ssl: serverSsl })
    const [transport] = await loop.createConnection(() => new Protocol(), ...server.sockets[0].getsockname(), { ssl })
    transport.write(new Uint8Array(8_000_000))
    transport.close()
    await sleepTurns(5)`,
  'a TLS connection that is being closed': `
    const server = await loop.createServer(() => new Echo(), '127.0.0.1', 0, { ssl: serverSsl })
    const [transport] = await loop.createConnection(() => new Protocol(), ...server.sockets[0].getsockname(), { ssl })
    transport.write('hello')
    await sleepTurns(3)
    transport.close()
    await sleepTurns(5)`,
  'a handshake that the client does not begin': `
    const server = await loop.createServer(() => new Protocol(), '127.0.0.1', 0, { ssl: serverSsl })
    const [transport] = await loop.createConnection(() => new Protocol(), ...server.sockets[0].getsockname())
    await sleepTurns(3)
    transport.write('this is no handshake')
    await sleepTurns(5)`,
  'an upgrade to TLS': `
    let accepted
    class Upgrading extends Protocol { connectionMade(transport) { accepted = transport } }
    const server = await loop.createServer(() => new Upgrading(), '127.0.0.1', 0)
    const protocol = new Protocol()
    const [transport] = await loop.createConnection(() => protocol, ...server.sockets[0].getsockname())
    while (accepted === undefined) await sleepTurns(1)
    const both = [loop.createTask(loop.startTls(accepted, accepted.getProtocol(), serverSsl, { serverSide: true })),
      loop.createTask(loop.startTls(transport, protocol, ssl, { serverHostname: 'localhost' }))]
    for (const each of both) await each
    await sleepTurns(5)`,
  'an attempt to connect': `
    const server = await loop.createServer(() => new Protocol(), '127.0.0.1', 0)
    const [host, port] = server.sockets[0].getsockname()
    server.close()
    await loop.createConnection(() => new Protocol(), 'localhost', port, { happyEyeballsDelay: 0.001 })`,
  'a Unix connection': `
    const path = folder + '/socket' + n++
    const server = await loop.createUnixServer(() => new Echo(), path)
    const [transport] = await loop.createUnixConnection(() => new Protocol(), path)
    transport.write(new Uint8Array(1_000_000))
    await sleepTurns(5)`,
  datagrams: `
    const [receiver] = await loop.createDatagramEndpoint(() => new DatagramProtocol(), { localAddr: ['127.0.0.1', 0] })
    const [host, port] = receiver.getExtraInfo('sockname')
    const [sender] = await loop.createDatagramEndpoint(() => new DatagramProtocol(), { family: 4 })
    for (let n = 0; n < 50; n++) sender.sendto('hello', ['localhost', port])
    sender.close()
    await sleepTurns(5)`,
  'a child with bytes that it does not read': `
    const [transport] = await loop.subprocessExec(() => new SubprocessProtocol(), 'sleep', '5')
    transport.getPipeTransport(0).write(new Uint8Array(1_000_000))
    transport.getPipeTransport(0).close()
    await sleepTurns(5)`,
  'a child that ends': `
    await loop.subprocessExec(() => new SubprocessProtocol(), 'echo', 'hello')
    await sleepTurns(5)`,
  'a child that cannot be started': `
    await loop.subprocessExec(() => new SubprocessProtocol(), '/does/not/exist')`,
  'look-ups': `
    const both = [loop.createTask(loop.getaddrinfo('localhost', 80)), loop.createTask(loop.getnameinfo(['127.0.0.1', 80]))]
    for (const each of both) await each`,
  'plain sockets': `
    const listening = await Socket.listen(['127.0.0.1', 0])
    const client = Socket.connectable()
    await loop.sockConnect(client, listening.getsockname())
    await loop.sockSendall(client, new Uint8Array(8_000_000))`,
}

const program = (body: string): string => `
  import { mkdtempSync, rmSync } from 'node:fs'
  import { DatagramProtocol, newEventLoop, Protocol, run, Socket, SubprocessProtocol } from '@asyncio-ts/loop'
  const ssl = { ca: ${JSON.stringify(readFileSync(`${fixtures}authority.pem`, 'utf8'))} }
  const serverSsl = {
    cert: ${JSON.stringify(readFileSync(`${fixtures}server.pem`, 'utf8'))},
    key: ${JSON.stringify(readFileSync(`${fixtures}server-key.pem`, 'utf8'))},
  }
  class Deaf extends Protocol { connectionMade(transport) { transport.pauseReading() } }
  class Echo extends Protocol {
    connectionMade(transport) { this.transport = transport }
    dataReceived(data) { this.transport.write(data) }
  }
  const folder = mkdtempSync('/tmp/after-close-')
  let n = 0
  let uncaught = 0
  process.on('uncaughtException', (error) => { uncaught++; console.log('uncaught', error?.stack) })
  const hostTurn = () => new Promise((resolve) => setImmediate(resolve))
  async function sleepTurns(count) { for (let turn = 0; turn < count; turn++) await hostTurn() }
  async function scenario(loop) { ${body} }
  /** Ends in the middle of it, after so many trips of the host. */
  async function leave(loop, stage) {
    const task = loop.createTask(() => scenario(loop))
    task.addDoneCallback(() => task.cancelled() || task.exception())
    for (let trip = 0; trip < stage; trip++) await hostTurn()
  }
  console.warn = () => undefined
  for (let stage = 0; stage < 24; stage++) {
    await run(async (task) => { const loop = task.getLoop(); loop.setExceptionHandler(() => undefined); await leave(loop, stage) })
    const loop = newEventLoop()
    loop.setExceptionHandler(() => undefined)
    await loop.runUntilComplete(() => leave(loop, stage))
    // Without a word to the tasks that are left.
    loop.close()
    await sleepTurns(3)
  }
  rmSync(folder, { recursive: true, force: true })
  process.on('exit', () => console.log('uncaught errors:', uncaught))
`

describe('after its loop is closed, the host has nothing to tell of', () => {
  it.each(Object.entries(scenarios))(
    '%s',
    async (_what, body) => {
      const ending = await runProgram(program(body))
      expect(ending).toMatchObject({ code: 0, stdout: 'uncaught errors: 0\n', stderr: '' })
    },
    30_000,
  )
})
