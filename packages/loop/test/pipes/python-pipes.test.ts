import { createHash, randomBytes } from 'node:crypto'
import { closeSync, constants, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Socket } from '../../src/index.ts'
import { Fifo } from './fifo.ts'
import { onLoop } from '../on-loop.ts'
import { hasPython, PythonPeer } from '../python-peer.ts'
import { Recorder } from '../recorder.ts'

/** Reads a named pipe, slowly at first, and tells what there was. */
const reader = `
import asyncio, hashlib, sys

class Reader(asyncio.Protocol):
    def __init__(self):
        self.size, self.hash = 0, hashlib.sha256()
        self.lost = asyncio.get_running_loop().create_future()
    def connection_made(self, transport):
        transport.pause_reading()
        asyncio.get_running_loop().call_later(0.1, transport.resume_reading)
    def data_received(self, data):
        self.size += len(data)
        self.hash.update(data)
    def connection_lost(self, exc):
        self.lost.set_result(exc)

async def main():
    pipe = open(sys.argv[1], 'rb', 0)
    print('open')
    _, protocol = await asyncio.get_running_loop().connect_read_pipe(Reader, pipe)
    print(await protocol.lost, protocol.size, protocol.hash.hexdigest())

asyncio.run(main())
`

/** Writes a named pipe as fast as its reader lets it, and tells how often it was asked to pause. */
const writer = `
import asyncio, hashlib, os, sys

class Writer(asyncio.Protocol):
    def __init__(self):
        self.go, self.pauses = asyncio.Event(), 0
        self.go.set()
        self.lost = asyncio.get_running_loop().create_future()
    def pause_writing(self):
        self.pauses += 1
        self.go.clear()
    def resume_writing(self):
        self.go.set()
    def connection_lost(self, exc):
        self.lost.set_result(exc)

async def main():
    pipe = open(sys.argv[1], 'wb', 0)
    transport, protocol = await asyncio.get_running_loop().connect_write_pipe(Writer, pipe)
    hash = hashlib.sha256()
    for _ in range(50):
        await protocol.go.wait()
        data = os.urandom(40_000)
        hash.update(data)
        transport.write(data)
    transport.close()
    print(await protocol.lost, protocol.pauses > 0, hash.hexdigest())

asyncio.run(main())
`

/** Answers over a Unix socket with the loop's own sock methods. */
const sockServer = `
import asyncio, socket, sys

async def main():
    loop = asyncio.get_running_loop()
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(sys.argv[1])
        listening.listen()
        listening.setblocking(False)
        print('listening')
        connection, _ = await loop.sock_accept(listening)
        with connection:
            while data := await loop.sock_recv(connection, 65536):
                await loop.sock_sendall(connection, data.upper())

asyncio.run(main())
`

function sha256(data: Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}

describe.skipIf(!hasPython)('with Python at the other end, a pipe', () => {
  it(
    'is written with its flow control',
    onLoop(async (loop) => {
      using fifo = new Fifo()
      const own = openSync(fifo.path, constants.O_RDWR)
      await using peer = new PythonPeer(reader, [fifo.path])
      expect(await peer.line()).toBe('open')
      const write = openSync(fifo.path, constants.O_WRONLY | constants.O_NONBLOCK)
      closeSync(own)
      const [transport, protocol] = await loop.connectWritePipe(() => new Recorder(), write)
      const data = randomBytes(2_000_000)
      for (let offset = 0; offset < data.length; offset += 40_000) {
        // The first of them at once, so that a pause is certain.
        if (offset > 400_000) {
          await protocol.until(() => protocol.events.at(-1) !== 'pause')
          expect(transport.getWriteBufferSize()).toBeLessThanOrEqual(65_536)
        }
        transport.write(data.subarray(offset, offset + 40_000))
      }
      transport.close()
      expect(await peer.line()).toBe(`None 2000000 ${sha256(data)}`)
      await protocol.lost()
      expect(protocol.events.slice(0, 3)).toEqual(['made', 'pause', 'resume'])
    }),
  )

  it(
    'is read with its flow control',
    onLoop(async (loop) => {
      using fifo = new Fifo()
      const read = openSync(fifo.path, constants.O_RDONLY | constants.O_NONBLOCK)
      await using peer = new PythonPeer(writer, [fifo.path])
      const own = openSync(fifo.path, constants.O_WRONLY | constants.O_NONBLOCK)
      const [transport, protocol] = await loop.connectReadPipe(() => new Recorder(), read)
      await protocol.until(() => protocol.data.length > 0)
      transport.pauseReading()
      closeSync(own)
      await new Promise((resolve) => setTimeout(resolve, 30))
      transport.resumeReading()
      await protocol.lost()
      expect(protocol.data.length).toBe(2_000_000)
      expect(await peer.line()).toBe(`None True ${sha256(protocol.data)}`)
      expect(protocol.events.slice(-2)).toEqual(['eof', 'lost'])
    }),
  )

  it(
    'fails when the reader goes away',
    onLoop(async (loop) => {
      using fifo = new Fifo()
      const own = openSync(fifo.path, constants.O_RDWR)
      const script = "import sys; pipe = open(sys.argv[1], 'rb', 0); print('open'); pipe.read(10)"
      await using peer = new PythonPeer(script, [fifo.path])
      expect(await peer.line()).toBe('open')
      const write = openSync(fifo.path, constants.O_WRONLY | constants.O_NONBLOCK)
      closeSync(own)
      const [transport, protocol] = await loop.connectWritePipe(() => new Recorder(), write)
      transport.write(new Uint8Array(1_000_000))
      expect(await peer.exit()).toBe(0)
      await protocol.lost()
      expect(protocol.events).toEqual(['made', 'pause', 'lost BrokenPipeError'])
    }),
  )
})

describe.skipIf(!hasPython)('with Python at the other end, the sock methods', () => {
  it(
    'talk over a Unix socket',
    onLoop(async (loop) => {
      const path = join(tmpdir(), `asyncio-ts-python-${process.pid}.sock`)
      await using peer = new PythonPeer(sockServer, [path])
      expect(await peer.line()).toBe('listening')
      using client = Socket.connectable()
      await loop.sockConnect(client, path)
      const text = 'something to say '.repeat(20_000)
      const sending = loop.createTask(loop.sockSendall(client, text))
      let answer = ''
      while (answer.length < text.length) answer += Buffer.from(await loop.sockRecv(client, 65_536)).toString()
      expect(answer === text.toUpperCase()).toBe(true)
      await sending
      client.shutdown()
      expect((await loop.sockRecv(client, 1)).length).toBe(0)
      expect(await peer.exit()).toBe(0)
      rmSync(path)
    }),
  )
})
