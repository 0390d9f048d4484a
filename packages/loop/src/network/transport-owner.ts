/** Something that lives on a connection: a transport, or a handshake that will become one. */
export interface Tenant {
  close(): void
  abort(): void
  /** Lets go of the socket, without a word to the protocol. */
  _destroy(): void
}

/** Who has a say in how long connections live: their server, or the loop. */
export interface TransportOwner {
  _attach(tenant: Tenant): void
  _detach(tenant: Tenant): void
}
