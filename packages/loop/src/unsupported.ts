import { NotImplementedError } from '@asyncio-ts/core'

const NETWORK = 'The network side of the loop has not been released yet.'
const SUBPROCESS = 'Subprocesses have not been released yet.'
const EXECUTOR = 'Executors have not been released yet.'
const READINESS = 'JavaScript hosts do not tell when a file descriptor is ready; use transports or streams.'

/** Methods of CPython's loop that this one does not give, and why. */
const reasons = {
  createUnixConnection: NETWORK,
  createUnixServer: NETWORK,
  connectAcceptedSocket: NETWORK,
  startTls: NETWORK,
  sendfile: NETWORK,
  sockRecv: NETWORK,
  sockRecvInto: NETWORK,
  sockRecvfrom: NETWORK,
  sockRecvfromInto: NETWORK,
  sockSendall: NETWORK,
  sockSendto: NETWORK,
  sockConnect: NETWORK,
  sockAccept: NETWORK,
  sockSendfile: NETWORK,
  subprocessExec: SUBPROCESS,
  subprocessShell: SUBPROCESS,
  runInExecutor: EXECUTOR,
  setDefaultExecutor: EXECUTOR,
  addReader: READINESS,
  removeReader: READINESS,
  addWriter: READINESS,
  removeWriter: READINESS,
} as const

/** Those methods: each throws NotImplementedError with its reason. */
export type UnsupportedMethods = {
  /** @throws NotImplementedError, always, with the reason */
  [Name in keyof typeof reasons]: (...args: unknown[]) => never
}

export function defineUnsupported(prototype: object): void {
  for (const [name, reason] of Object.entries(reasons)) {
    const value = (): never => {
      throw new NotImplementedError(`loop.${name}() is not available. ${reason}`)
    }
    Object.defineProperty(prototype, name, { value, configurable: true, writable: true })
  }
}
