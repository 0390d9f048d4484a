/** A chat that begins in the clear and goes on encrypted: `STARTTLS`. */
import { readFileSync } from 'node:fs'
import { openConnection, startServer } from 'asyncio-ts'
import type { StreamReader, StreamWriter } from 'asyncio-ts'

const decoder = new TextDecoder()
/** For tests only: anybody can read the key. Make a pair of your own. */
const pem = (name: string): string =>
  readFileSync(new URL(`../../packages/loop/test/network/fixtures/${name}.pem`, import.meta.url), 'utf8')

/** Everybody who has joined hears what the others say. */
export class ChatRoom {
  readonly #members = new Map<string, StreamWriter>()

  readonly join = async (reader: StreamReader, writer: StreamWriter): Promise<void> => {
    if (decoder.decode(await reader.readline()) !== 'STARTTLS\n') {
      writer.write('This room is for those who encrypt.\n')
      writer.close()
      return
    }
    writer.write('GO\n')
    await writer.startTls({ cert: pem('server'), key: pem('server-key') })
    const name = decoder.decode(await reader.readline()).trim()
    this.#members.set(name, writer)
    writer.write(`welcome ${name}\n`)
    try {
      for await (const line of reader) await this.#say(name, decoder.decode(line))
    } finally {
      this.#members.delete(name)
      writer.close()
    }
  }

  async #say(from: string, text: string): Promise<void> {
    for (const [name, writer] of this.#members) {
      if (name === from) continue
      writer.write(`${from}: ${text}`)
      await writer.drain()
    }
  }
}

/** Joins a room under a name. */
export async function enter(port: number, name: string) {
  const [reader, writer] = await openConnection('127.0.0.1', port)
  writer.write('STARTTLS\n')
  await reader.readline()
  await writer.startTls({ ca: pem('authority') }, { serverHostname: 'localhost' })
  writer.write(`${name}\n`)
  await reader.readline()
  return { reader, writer }
}

function* enterInSteps(port: number, name: string) {
  const [reader, writer] = yield* openConnection('127.0.0.1', port)
  writer.write('STARTTLS\n')
  yield* reader.readline()
  yield* writer.startTls({ ca: pem('authority') }, { serverHostname: 'localhost' })
  writer.write(`${name}\n`)
  yield* reader.readline()
  return { reader, writer }
}

export async function awaits() {
  await using server = await startServer(new ChatRoom().join, '127.0.0.1', 0)
  const [, port] = server.sockets[0]!.getsockname() as [string, number]
  const ada = await enter(port, 'ada')
  const bob = await enter(port, 'bob')
  bob.writer.write('hello\n')
  console.log('ada hears', decoder.decode(await ada.reader.readline()).trim())
  console.log('encrypted', ada.writer.getExtraInfo('cipher') !== null)
  for (const { writer } of [ada, bob]) await writer[Symbol.asyncDispose]()
}

export function* yields() {
  const server = yield* startServer(new ChatRoom().join, '127.0.0.1', 0)
  const [, port] = server.sockets[0]!.getsockname() as [string, number]
  const ada = yield* enterInSteps(port, 'ada')
  const bob = yield* enterInSteps(port, 'bob')
  bob.writer.write('hello\n')
  console.log('ada hears', decoder.decode(yield* ada.reader.readline()).trim())
  console.log('encrypted', ada.writer.getExtraInfo('cipher') !== null)
  for (const { writer } of [ada, bob]) yield* writer[Symbol.asyncDispose]()
  server.close()
  yield* server.waitClosed()
}
