/** The memory that is read into: what the host uses for streams, too. */
export const READ_BYTES = 64 * 1024

/** A read that brings as much is worth memory of its own. */
export const LARGE_READ_BYTES = READ_BYTES / 2

/** How many connections may wait to be accepted when the program does not say. */
export const BACKLOG = 100

/** How long accepting rests after the process has run out of file descriptors. */
export const ACCEPT_RETRY_SECONDS = 1

/** How long a TLS handshake may take. */
export const SSL_HANDSHAKE_TIMEOUT_SECONDS = 60

/** How long the peer may take to confirm the end of TLS. */
export const SSL_SHUTDOWN_TIMEOUT_SECONDS = 30
