/** A TCP server that sends every line back, and a client that talks to it. */
import { openConnection, startServer } from 'asyncio-ts'
import type { StreamReader, StreamWriter } from 'asyncio-ts'

const decoder = new TextDecoder()

export async function echo(reader: StreamReader, writer: StreamWriter) {
  for await (const line of reader) {
    writer.write(line)
    await writer.drain()
  }
  writer.close()
}

/** Sends some lines, and returns what comes back. */
export async function talk(host: string, port: number, lines: string[]) {
  const [reader, writer] = await openConnection(host, port)
  const answers: string[] = []
  try {
    for (const line of lines) {
      writer.write(`${line}\n`)
      await writer.drain()
      answers.push(decoder.decode(await reader.readline()).trimEnd())
    }
  } finally {
    writer.close()
    await writer.waitClosed()
  }
  return answers
}

export async function awaits() {
  await using server = await startServer(echo, '127.0.0.1', 0)
  const [host, port] = server.sockets[0]!.getsockname() as [string, number]
  for (const answer of await talk(host, port, ['hello', 'goodbye'])) console.log('echo:', answer)
}

export function* echoInSteps(reader: StreamReader, writer: StreamWriter) {
  for (;;) {
    const line = yield* reader.readline()
    if (line.length === 0) break
    writer.write(line)
    yield* writer.drain()
  }
  writer.close()
}

export function* talkInSteps(host: string, port: number, lines: string[]) {
  const [reader, writer] = yield* openConnection(host, port)
  const answers: string[] = []
  try {
    for (const line of lines) {
      writer.write(`${line}\n`)
      yield* writer.drain()
      answers.push(decoder.decode(yield* reader.readline()).trimEnd())
    }
  } finally {
    writer.close()
    yield* writer.waitClosed()
  }
  return answers
}

export function* yields() {
  const server = yield* startServer(echoInSteps, '127.0.0.1', 0)
  const [host, port] = server.sockets[0]!.getsockname() as [string, number]
  for (const answer of yield* talkInSteps(host, port, ['hello', 'goodbye'])) console.log('echo:', answer)
  server.close()
  yield* server.waitClosed()
}
