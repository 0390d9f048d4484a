import { once } from 'node:events'
import { execa } from 'execa'
import { chunkBytes, chunksPerMiB } from '../../chunk.ts'

export default async (n: number): Promise<number> => {
  const child = execa('cat', { stdin: 'pipe', stdout: 'pipe', stderr: 'inherit', buffer: false })
  let received = 0
  child.stdout.on('data', (data: Buffer) => {
    received += data.length
  })
  const chunk = Buffer.alloc(chunkBytes, 'x')
  for (let i = 0; i < n * chunksPerMiB; i++) if (!child.stdin.write(chunk)) await once(child.stdin, 'drain')
  child.stdin.end()
  await child
  return received / (chunkBytes * chunksPerMiB)
}
