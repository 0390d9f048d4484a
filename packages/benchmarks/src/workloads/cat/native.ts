import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chunkBytes, chunksPerMiB } from '../../chunk.ts'

export default async (n: number): Promise<number> => {
  const child = spawn('cat', [], { stdio: ['pipe', 'pipe', 'inherit'] })
  let received = 0
  child.stdout.on('data', (data: Buffer) => {
    received += data.length
  })
  const closed = once(child, 'close')
  const chunk = Buffer.alloc(chunkBytes, 'x')
  for (let i = 0; i < n * chunksPerMiB; i++) if (!child.stdin.write(chunk)) await once(child.stdin, 'drain')
  child.stdin.end()
  await closed
  return received / (chunkBytes * chunksPerMiB)
}
