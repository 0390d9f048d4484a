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

/** A function that was sent as text misses what it could see here, and cannot be made of it everywhere. */
function explained(call: Call<unknown>, error: Error): Error {
  if (call.request.target.definition.length > 1) return error
  if (error instanceof ReferenceError) {
    error.message += ': a function in a worker sees its arguments and the globals, and nothing else.'
  } else if (error instanceof EvalError) {
    error.message += ' Export the function from a module and pass workerFunction(moduleUrl, name).'
  }
  return error
}
