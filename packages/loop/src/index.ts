/** The event loop and what runs it: `asyncio.events`, `asyncio.runners`, `asyncio.protocols`, `asyncio.transports`. */
export { run } from './run.ts'
export { Runner } from './runner.ts'
export type { RunnerOptions, RunOptions } from './runner.ts'
export { EventLoop, newEventLoop } from './event-loop.ts'
export type { Runnable } from './task-of.ts'
export type { SignalName } from './signal-handlers.ts'
export { asyncgen } from './asyncgen.ts'
export { BaseProtocol, BufferedProtocol, DatagramProtocol, Protocol, SubprocessProtocol } from './protocols.ts'
export {
  BaseTransport,
  DatagramTransport,
  ReadTransport,
  SubprocessTransport,
  Transport,
  WriteTransport,
} from './transports.ts'
export { Socket } from './sockets/socket.ts'
export type { ListeningOptions } from './sockets/listening-socket.ts'
export type { AddressFlag, AddressInfo, AddressInfoOptions, NameFlag, SocketKind } from './sockets/address-info.ts'
export type { SendableFile } from './sockets/file-blocks.ts'
export type { SendfileOptions } from './sockets/sendfile.ts'
export { Server } from './server.ts'
export { SendfileNotAvailableError } from './errors.ts'
export { getEventLoop, getRunningLoop } from './running-loop.ts'
export { setEventLoop } from '@asyncio-ts/core'
