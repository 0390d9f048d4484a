import { coroutine, openConnection, startServer } from 'asyncio-ts'
import type { Coroutine, StreamReader, StreamWriter } from 'asyncio-ts'
import { portOf } from '../../port-of.ts'
import { blockOf } from '../../serve-lines.ts'

const host = '127.0.0.1'

export function* generators(n: number, linesPerBlock: number): Coroutine<number> {
  const block = Buffer.from(blockOf(linesPerBlock))
  const send = coroutine(function* (_reader: StreamReader, writer: StreamWriter) {
    for (let i = 0; i < n / linesPerBlock; i++) {
      writer.write(block)
      yield* writer.drain()
    }
    writer.close()
  })
  const server = yield* startServer(send, host, 0)
  const [reader, writer] = yield* openConnection(host, portOf(server))
  let count = 0
  while ((yield* reader.readline()).length > 0) count++
  writer.close()
  server.close()
  yield* server.waitClosed()
  return count
}

export async function functions(n: number, linesPerBlock: number): Promise<number> {
  const block = Buffer.from(blockOf(linesPerBlock))
  const send = async (_reader: StreamReader, writer: StreamWriter): Promise<void> => {
    for (let i = 0; i < n / linesPerBlock; i++) {
      writer.write(block)
      await writer.drain()
    }
    writer.close()
  }
  const server = await startServer(send, host, 0)
  const [reader, writer] = await openConnection(host, portOf(server))
  let count = 0
  while ((await reader.readline()).length > 0) count++
  writer.close()
  server.close()
  await server.waitClosed()
  return count
}
