import { SocketEventLoop } from '../sockets/socket-event-loop.ts'

/** The part of the loop that runs other programs. */
export class SubprocessEventLoop extends SocketEventLoop {}
