/** Streams over TCP, TLS and Unix sockets with flow control: asyncio.streams in TypeScript. */
export {}
