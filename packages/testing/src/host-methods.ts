import { holdClockIn } from './hold-clock-in.ts'

/** What the host is asked for, and will answer by itself: time stands still until then. */
const ANSWERED = [
  'getaddrinfo',
  'getnameinfo',
  'runInExecutor',
  'shutdownDefaultExecutor',
  'subprocessExec',
  'subprocessShell',
  'connectReadPipe',
  'connectWritePipe',
  'connectAcceptedSocket',
  'createDatagramEndpoint',
  'startTls',
] as const

/** What may wait for the program itself: time advances when the host has been silent for a moment. */
const OPEN = ['sockRecv', 'sockRecvInto', 'sockRecvfrom', 'sockRecvfromInto', 'sockAccept', 'sockConnect'] as const

type Method = (this: object, ...args: unknown[]) => unknown
type Methods = Record<string, Method | undefined>

/** Makes the methods of a loop that the host has a part in keep its clock still. */
export function holdClockInHostMethods(prototype: object): void {
  const inherited = Object.getPrototypeOf(prototype) as Methods
  const define = (name: string, value: Method): void => {
    Object.defineProperty(prototype, name, { value, configurable: true, writable: true })
  }
  for (const name of ANSWERED) {
    define(name, function (...args) {
      return holdClockIn(this, () => inherited[name]!.apply(this, args))
    })
  }
  for (const name of OPEN) {
    define(name, function (...args) {
      ;(this as { _noteHostUse(): void })._noteHostUse()
      return inherited[name]!.apply(this, args)
    })
  }
}
