/** The event loop and what runs it: `asyncio.events`, `asyncio.runners`, `asyncio.protocols`, `asyncio.transports`. */
export { run } from './run/run.ts'
export { Runner } from './run/runner.ts'
export type { RunnerOptions, RunOptions } from './run/runner.ts'
export { EventLoop, newEventLoop } from './event-loop/event-loop.ts'
export type { Main } from './event-loop/task-of.ts'
export type { SignalName } from './event-loop/signal-handlers.ts'
export { asyncgen } from './asyncgens/asyncgen.ts'
export {
  BaseProtocol,
  BufferedProtocol,
  DatagramProtocol,
  Protocol,
  SubprocessProtocol,
} from './transports/protocols.ts'
export {
  BaseTransport,
  DatagramTransport,
  ReadTransport,
  SubprocessTransport,
  Transport,
  WriteTransport,
} from './transports/transports.ts'
export { Socket } from './sockets/socket.ts'
export type { ListeningOptions } from './sockets/listening-socket.ts'
export type { AddressFlag, AddressInfo, AddressInfoOptions, NameFlag, SocketKind } from './names/address-info.ts'
export type { SendableFile } from './sockets/file-blocks.ts'
export type { SendfileOptions } from './sockets/sendfile.ts'
export { Server } from './server.ts'
export { SendfileNotAvailableError } from './errors.ts'
export { getEventLoop, getRunningLoop } from './running-loop.ts'
export { setEventLoop } from '@asyncio-ts/core'
