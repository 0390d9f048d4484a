import type { Server } from 'asyncio-ts'

/** The port of a server on the loopback. */
export const portOf = ({ sockets }: Pick<Server, 'sockets'>): number =>
  (sockets[0]!.getsockname() as [string, number])[1]
