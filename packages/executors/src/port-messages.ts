import type { DescribedError } from './worker/messages.ts'

/** What a worker sends through a loop port. */
export type ToLoop =
  | readonly ['callSoon', name: string, args: readonly unknown[]]
  | readonly ['run', id: number, name: string, args: readonly unknown[]]
  | readonly ['cancel', id: number, message: string | undefined]

/** What it gets back. */
export type FromLoop =
  | readonly ['result', id: number, value: unknown]
  | readonly ['error', id: number, error: DescribedError]
  | readonly ['cancelled', id: number]

/** Whether a message is one that `PortClient` sends: the port is in the hands of the worker's functions. */
export function isToLoop(message: unknown): message is ToLoop {
  if (!Array.isArray(message)) return false
  const [kind, first, second, third] = message as unknown[]
  switch (kind) {
    case 'callSoon':
      return typeof first === 'string' && Array.isArray(second)
    case 'run':
      return typeof first === 'number' && typeof second === 'string' && Array.isArray(third)
    case 'cancel':
      return typeof first === 'number' && (second === undefined || typeof second === 'string')
    default:
      return false
  }
}

/** Whether a message is one that a loop answers with. */
export function isFromLoop(message: unknown): message is FromLoop {
  if (!Array.isArray(message)) return false
  const [kind, id] = message as unknown[]
  return typeof id === 'number' && (kind === 'result' || kind === 'error' || kind === 'cancelled')
}
