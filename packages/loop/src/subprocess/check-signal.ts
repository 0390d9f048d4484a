import { ValueError } from '@asyncio-ts/core'
import { reprOf } from '@asyncio-ts/core/primitives'
import { builtin } from '../builtin.ts'

/**
 * Returns the number of a signal.
 *
 * @param signal - a name such as `'SIGTERM'`, or a number
 * @throws ValueError if the signal is unknown
 */
export function checkSignal(signal: string | number): number {
  const known: Readonly<Record<string, number>> = builtin('node:os').constants.signals
  if (typeof signal === 'string' && Object.hasOwn(known, signal)) return known[signal] ?? 0
  // 0 only asks whether the process is there.
  if (typeof signal === 'number' && Number.isInteger(signal) && signal >= 0 && signal <= 64) return signal
  throw new ValueError(`The signal ${reprOf(signal)} is unknown. Give a name such as 'SIGTERM', or a number.`)
}
