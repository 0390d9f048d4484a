import { CONNECT } from './loop-port.ts'
import type { LoopPort } from './loop-port.ts'
import { transferredIn } from './transfer.ts'

/** What is sent of the arguments of a call. */
interface Unwrapped {
  readonly args: readonly unknown[]
  readonly transfer: readonly unknown[] | undefined
}

const isWrapped = (arg: unknown): boolean =>
  typeof arg === 'object' && arg !== null && (transferredIn(arg) !== null || CONNECT in arg)

/** Whether there is something among the arguments that can be sent only once. */
export function isSentOnce(args: readonly unknown[]): boolean {
  return args.some(isWrapped)
}

/** Replaces what stands for something else: transferred memory, and the ports of loops. */
export function unwrapArguments(args: readonly unknown[]): Unwrapped {
  if (!args.some(isWrapped)) return { args, transfer: undefined }
  const transfer: unknown[] = []
  const unwrapped = args.map((arg) => {
    if (!isWrapped(arg)) return arg
    const transferred = transferredIn(arg)
    if (transferred === null) {
      const port = (arg as LoopPort<object>)[CONNECT]()
      transfer.push(port)
      return port
    }
    transfer.push(...transferred.list)
    return transferred.value
  })
  return { args: unwrapped, transfer }
}
