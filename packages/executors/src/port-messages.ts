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
