import type { Call } from './call.ts'
import type { Outcome } from './pool-worker.ts'
import { reviveError } from './revive-error.ts'

/** The error that a call fails with. */
export function outcomeError(call: Call<unknown>, outcome: Exclude<Outcome, { kind: 'result' }>): Error {
  const { name } = call.request.target
  switch (outcome.kind) {
    case 'error':
      return explained(call, reviveError(outcome.error))
    case 'uncopied':
      return new TypeError(
        `What '${name}' returned cannot be copied from its worker: ${outcome.reason} Return plain data.`,
      )
    case 'unsent': {
      const { error } = outcome
      const reason = error instanceof Error ? error.message : String(error)
      return new TypeError(`The arguments of '${name}' cannot be copied to a worker: ${reason}`, { cause: error })
    }
  }
}

/** A function that was sent as text misses what it could see here; it may not have been possible to check that. */
function explained(call: Call<unknown>, error: Error): Error {
  const isText = call.request.target.definition.length === 1
  if (isText && error instanceof ReferenceError) {
    error.message += ': a function in a worker sees its arguments and the globals, and nothing else.'
  }
  return error
}
