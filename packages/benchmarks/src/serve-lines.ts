import { once } from 'node:events'
import { createServer } from 'node:net'
import type { Server } from 'node:net'

const line = `${'x'.repeat(79)}\n`

/** Lines of 80 bytes: what is written at a time. */
export const blockOf = (lines: number): string => line.repeat(lines)

/** Sends `n` lines to whoever connects, over plain node:net. */
export async function serveLines(n: number, linesPerBlock: number): Promise<Server> {
  const block = Buffer.from(blockOf(linesPerBlock))
  const server = createServer(async (socket) => {
    for (let i = 0; i < n / linesPerBlock; i++) if (!socket.write(block)) await once(socket, 'drain')
    socket.end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}
