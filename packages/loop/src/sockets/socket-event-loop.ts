import { NetworkEventLoop } from '../network/network-event-loop.ts'

/** The part of the loop that knows datagrams, pipes, names and plain sockets. */
export class SocketEventLoop extends NetworkEventLoop {}
