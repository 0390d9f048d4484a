/** `for await` over node:readline. */
import { once } from 'node:events'
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'
import { serveLines } from '../../serve-lines.ts'

export default async (n: number, linesPerBlock: number): Promise<number> => {
  const server = await serveLines(n, linesPerBlock)
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  let count = 0
  for await (const line of createInterface({ input: socket })) count += line.length > 0 ? 1 : 0
  socket.destroy()
  server.close()
  await once(server, 'close')
  return count
}
