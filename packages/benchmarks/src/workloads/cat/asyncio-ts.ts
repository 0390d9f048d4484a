import { coroutine, createSubprocessExec, gather, PIPE } from 'asyncio-ts'
import type { Coroutine, StreamReader, StreamWriter } from 'asyncio-ts'
import { chunkBytes, chunksPerMiB } from '../../chunk.ts'

const chunk = Buffer.alloc(chunkBytes, 'x')

const feed = coroutine(function* (stdin: StreamWriter, n: number) {
  for (let i = 0; i < n * chunksPerMiB; i++) {
    stdin.write(chunk)
    yield* stdin.drain()
  }
  stdin.close()
})

const take = coroutine(function* (stdout: StreamReader) {
  let bytes = 0
  for (;;) {
    const { length } = yield* stdout.read(4 * chunkBytes)
    if (length === 0) return bytes
    bytes += length
  }
})

export function* generators(n: number): Coroutine<number> {
  const process = yield* createSubprocessExec('cat', { stdin: PIPE, stdout: PIPE })
  const [, bytes] = yield* gather(feed(process.stdin!, n), take(process.stdout!))
  yield* process.wait()
  return bytes / (chunkBytes * chunksPerMiB)
}

const feedAsync = async (stdin: StreamWriter, n: number): Promise<void> => {
  for (let i = 0; i < n * chunksPerMiB; i++) {
    stdin.write(chunk)
    await stdin.drain()
  }
  stdin.close()
}

const takeAsync = async (stdout: StreamReader): Promise<number> => {
  let bytes = 0
  for (;;) {
    const { length } = await stdout.read(4 * chunkBytes)
    if (length === 0) return bytes
    bytes += length
  }
}

export async function functions(n: number): Promise<number> {
  const process = await createSubprocessExec('cat', { stdin: PIPE, stdout: PIPE })
  const [, bytes] = await gather(
    () => feedAsync(process.stdin!, n),
    () => takeAsync(process.stdout!),
  )
  await process.wait()
  return bytes / (chunkBytes * chunksPerMiB)
}
