import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { chunkBytes, chunksPerMiB } from '../../chunk.ts'

export default async (n: number): Promise<number> => {
  let received = 0
  const server = createServer((socket) => {
    socket.on('data', (data) => {
      received += data.length
    })
    socket.on('end', () => server.close())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  await once(socket, 'connect')
  const chunk = Buffer.alloc(chunkBytes, 'x')
  for (let i = 0; i < n * chunksPerMiB; i++) if (!socket.write(chunk)) await once(socket, 'drain')
  socket.end()
  await once(server, 'close')
  return received / (chunkBytes * chunksPerMiB)
}
