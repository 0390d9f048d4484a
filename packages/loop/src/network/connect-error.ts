import { ExceptionGroup, OSError, TimeoutError } from '@asyncio-ts/core'

/**
 * Makes one error of the errors of all addresses, as CPython does: a single one is itself, equal ones are the first.
 *
 * @param wantsAll - an ExceptionGroup in their place
 */
export function connectErrorOf(errors: readonly Error[], wantsAll: boolean): Error {
  const [first] = errors
  if (first === undefined) return new TimeoutError('create_connection failed: no address was tried.')
  if (wantsAll) return new ExceptionGroup('create_connection failed', errors)
  if (errors.every((error) => error.message === first.message)) return first
  const options = { cause: new ExceptionGroup('create_connection failed', errors) }
  return new OSError(`Multiple exceptions: ${errors.map((error) => error.message).join(', ')}`, options)
}
