import { coroutine, Future, openConnection, startServer } from 'asyncio-ts'
import type { Coroutine, StreamReader, StreamWriter } from 'asyncio-ts'
import { chunkBytes, chunksPerMiB } from '../../chunk.ts'
import { portOf } from '../../port-of.ts'

const host = '127.0.0.1'
const chunk = Buffer.alloc(chunkBytes, 'x')

export function* generators(n: number): Coroutine<number> {
  const received = new Future<number>()
  const take = coroutine(function* (reader: StreamReader, writer: StreamWriter) {
    let bytes = 0
    for (;;) {
      const { length } = yield* reader.read(4 * chunkBytes)
      if (length === 0) break
      bytes += length
    }
    writer.close()
    received.setResult(bytes)
  })
  const server = yield* startServer(take, host, 0)
  const [, writer] = yield* openConnection(host, portOf(server))
  for (let i = 0; i < n * chunksPerMiB; i++) {
    writer.write(chunk)
    yield* writer.drain()
  }
  writer.close()
  const bytes = yield* received
  server.close()
  yield* server.waitClosed()
  return bytes / (chunkBytes * chunksPerMiB)
}

export async function functions(n: number): Promise<number> {
  const received = new Future<number>()
  const take = async (reader: StreamReader, writer: StreamWriter): Promise<void> => {
    let bytes = 0
    for (;;) {
      const { length } = await reader.read(4 * chunkBytes)
      if (length === 0) break
      bytes += length
    }
    writer.close()
    received.setResult(bytes)
  }
  const server = await startServer(take, host, 0)
  const [, writer] = await openConnection(host, portOf(server))
  for (let i = 0; i < n * chunksPerMiB; i++) {
    writer.write(chunk)
    await writer.drain()
  }
  writer.close()
  const bytes = await received
  server.close()
  await server.waitClosed()
  return bytes / (chunkBytes * chunksPerMiB)
}
