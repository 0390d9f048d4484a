/** Where an internet socket is. */
export type Address = readonly [host: string, port: number]

/** Where any socket is: an internet address, or the path of a Unix socket (empty when it has none). */
export type SocketAddress = Address | string
