import { ConnectionError } from '@asyncio-ts/core'
import type { Coroutine, Task } from '@asyncio-ts/core'
import { IncompleteReadError, openConnection, startServer } from '@asyncio-ts/streams'
import type { StreamReader, StreamWriter } from '@asyncio-ts/streams'
import { createTask, sleep, timeout, wait } from '@asyncio-ts/tasks'
import { endedWell, holds } from './explored.ts'
import type { Explored } from './explored.ts'

const PORT = 7000
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

/** Answers each line with itself, in capitals. */
async function shout(reader: StreamReader, writer: StreamWriter): Promise<void> {
  try {
    for (;;) {
      const line = await reader.readline()
      if (line.length === 0) break
      writer.write(text(line).toUpperCase())
      await writer.drain()
    }
  } catch (error) {
    if (!(error instanceof ConnectionError)) throw error
  } finally {
    writer.close()
  }
}

/** However the bytes are cut and however long they take, each client gets its answers, in order. */
const lines: Explored = {
  title: 'lines, cut into pieces',
  network: { latency: [0, 0.01], chunks: true },
  async main(): Promise<void> {
    const server = await startServer(shout, 'shout.example', PORT)
    const client = async (name: string): Promise<string> => {
      const [reader, writer] = await openConnection('shout.example', PORT)
      const answers: string[] = []
      for (const word of ['a', 'bc', 'def']) {
        writer.write(`${name} ${word}\n`)
        answers.push(text(await reader.readuntil()))
      }
      writer.write('the last one has no end')
      writer.writeEof()
      answers.push(text(await reader.read()))
      writer.close()
      await writer.waitClosed()
      return answers.join('')
    }
    const clients = ['x', 'y'].map((name) => createTask(() => client(name), { name: `client-${name}` }))
    await wait(clients)
    endedWell(clients)
    for (const task of clients) {
      const name = task.getName().at(-1)!.toUpperCase()
      const wanted = `${name} A\n${name} BC\n${name} DEF\nTHE LAST ONE HAS NO END`
      holds(task.result() === wanted, `the answers are right, and not ${task.result()}`)
    }
    server.close()
    await server.waitClosed()
  },
}

/** A writer that waits for its buffer to drain is woken, and everything arrives, through a window of a few bytes. */
const flow: Explored = {
  title: 'flow control through a small window',
  network: { latency: [0, 0.01], chunks: true, windowBytes: 7 },
  *main(): Coroutine<void> {
    let received = ''
    const server = yield* startServer(
      async (reader, writer) => {
        for (let part = await reader.read(5); part.length > 0; part = await reader.read(5)) {
          received += text(part)
          await sleep(0)
        }
        writer.close()
      },
      null,
      PORT,
    )
    const [reader, writer] = yield* openConnection('127.0.0.1', PORT)
    writer.transport.setWriteBufferLimits({ high: 10 })
    const digits = '0123456789'.repeat(5)
    for (let at = 0; at < digits.length; at += 9) {
      writer.write(digits.slice(at, at + 9))
      yield* writer.drain()
      holds(writer.transport.getWriteBufferSize() <= 10, 'what is left after drain() is below the limit')
    }
    writer.writeEof()
    holds((yield* reader.read()).length === 0, 'the server says nothing')
    writer.close()
    yield* writer.waitClosed()
    holds(received === digits, `everything arrives in order, and not ${received}`)
    server.close()
    yield* server.waitClosed()
  },
}

/** Cancelled anywhere, or with the connection lost: nobody hangs, and no bytes are got that were not sent. */
const broken: Explored = {
  title: 'clients that are cancelled, and connections that break',
  network: { latency: [0, 0.01], chunks: true, loss: 0.05, windowBytes: 4 },
  cancels: { count: 2, tasks: (task: Task) => task.getName().startsWith('client') },
  async main(): Promise<void> {
    const server = await startServer(shout, null, PORT)
    const client = async (name: string): Promise<void> => {
      const [reader, writer] = await openConnection('127.0.0.1', PORT)
      writer.transport.setWriteBufferLimits({ high: 0 })
      try {
        for (let count = 0; count < 3; count++) {
          writer.write(`${name} says ${count}\n`)
          await writer.drain()
          const answer = text(await reader.readuntil())
          holds(answer === `${name.toUpperCase()} SAYS ${count}\n`, `the answer is right, and not ${answer}`)
        }
      } finally {
        writer.close()
      }
    }
    const clients = ['x', 'y'].map((name) => createTask(() => client(name), { name: `client-${name}` }))
    await wait(clients)
    endedWell(clients, ConnectionError, IncompleteReadError)
    server.close()
    await timeout(60, () => server.waitClosed())
  },
}

/** A read that is cancelled leaves the bytes where they are. */
const reads: Explored = {
  title: 'reads that are cancelled',
  network: { latency: [0, 0.01], chunks: true },
  cancels: { count: 3, tasks: (task: Task) => task.getName().startsWith('read') },
  async main(): Promise<void> {
    const server = await startServer(
      async (_reader, writer) => {
        for (const part of ['ab', 'c\nd', 'ef\n', 'gh\n']) {
          writer.write(part)
          await sleep(0)
        }
        writer.close()
      },
      null,
      PORT,
    )
    const [reader, writer] = await openConnection('127.0.0.1', PORT)
    let received = ''
    for (let count = 0; received.length < 11; count++) {
      const read = createTask(() => (count % 2 === 0 ? reader.readline() : reader.readexactly(1)), {
        name: `read-${count}`,
      })
      await wait([read])
      if (read.cancelled()) continue
      holds(read.exception() === null, `a read ends well, not with ${String(read.exception())}`)
      received += text(read.result())
    }
    holds(received === 'abc\ndef\ngh\n', `nothing is lost, and nothing comes twice: ${received}`)
    holds((await reader.read()).length === 0 && reader.atEof(), 'there is nothing more')
    writer.close()
    server.close()
    await server.waitClosed()
  },
}

export const streamPrograms: readonly Explored[] = [lines, flow, broken, reads]
