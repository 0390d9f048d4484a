/** Echoes of 1 KiB over plain node:net, both ends in this process. */
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { echoBytes } from './echo-bytes.ts'
import { sum, times } from './times.ts'

function answer(socket: Socket): void {
  socket.setNoDelay(true)
  socket.on('data', (data) => void socket.write(data))
}

function ask(port: number, roundTrips: number): Promise<number> {
  const message = Buffer.alloc(echoBytes, 'x')
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => void socket.write(message))
    socket.setNoDelay(true)
    let count = 0
    let received = 0
    socket.on('data', (data) => {
      received += data.length
      if (received < echoBytes) return
      received = 0
      if (++count < roundTrips) socket.write(message)
      else socket.end()
    })
    socket.on('error', reject)
    socket.on('close', () => resolve(count))
  })
}

export async function nativeEcho(n: number, connections: number): Promise<number> {
  const server = createServer(answer)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const counts = await Promise.all(times(connections, () => ask(port, n / connections)))
  server.close()
  await once(server, 'close')
  return sum(counts)
}
