/** The 'line' events of node:readline: nothing waits for the reader. */
import { once } from 'node:events'
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'
import { serveLines } from '../../serve-lines.ts'

export default async (n: number, linesPerBlock: number): Promise<number> => {
  const server = await serveLines(n, linesPerBlock)
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  const lines = createInterface({ input: socket })
  let count = 0
  lines.on('line', () => count++)
  await once(lines, 'close')
  socket.destroy()
  server.close()
  await once(server, 'close')
  return count
}
