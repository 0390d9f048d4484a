import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import type { ChildSpec, Sample } from './child-spec.ts'

/** Keeps `tasks` tasks spinning while asked to, and returns how many turns they took. */
export type SpinBody = (tasks: number, keepsOn: () => boolean) => Promise<number>

/** Serves one connection over plain node:net, while the peer's tasks spin in the same process. */
export async function serveEcho(spin: SpinBody, { width }: ChildSpec): Promise<Sample> {
  let open = true
  const server = createServer((socket) => {
    socket.setNoDelay(true)
    socket.on('data', (data) => void socket.write(data))
    socket.on('close', () => {
      open = false
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`)
  const start = performance.now()
  const turns = await spin(width, () => open)
  return { value: turns / ((performance.now() - start) / 1e3) }
}
