import { describeError } from './describe-error.ts'
import { isThenable } from './is-thenable.ts'
import { mapItems } from './map-items.ts'
import { RUNNING, WAITING } from './messages.ts'
import type { ToWorker } from './messages.ts'
import { openCall } from './open-call.ts'
import type { CurrentCall } from './open-call.ts'
import { postError } from './post-error.ts'
import { postResult } from './post-result.ts'
import type { WorkerHost } from './worker-host.ts'

export type Fn = (...args: unknown[]) => unknown

/** A call, and its function as it was when the call came: it may be forgotten meanwhile. */
export interface Work {
  readonly message: Extract<ToWorker, readonly ['run' | 'map', ...unknown[]]>
  readonly fn: Fn
}

/** Runs calls, one at a time, in the order in which they come. */
export interface Runner {
  push(work: Work): void
  /** Calls wait until the initializer has run. */
  begin(): void
  abort(number: number): void
}

/** Makes the runner of a worker. */
export function newRunner(host: WorkerHost): Runner {
  const { states } = host
  const waiting: Work[] = []
  let begun = 0
  let isBusy = true
  let current: CurrentCall | null = null

  /** Returns a promise when the call has printed something: its lines are out before its result is. */
  const finish = (call: CurrentCall, report: () => void): Promise<void> | undefined => {
    current = null
    call.close()
    const flushed = host.flush()
    if (flushed !== null) return flushed.then(report)
    report()
    return undefined
  }
  const succeed = (call: CurrentCall, value: unknown): Promise<void> | undefined =>
    finish(call, () => postResult(host, value))
  const fail = (call: CurrentCall, error: unknown): Promise<void> | undefined => {
    const described = describeError(error)
    return finish(call, () => postError(host, 'error', described))
  }

  /** Returns a promise when the function waits. */
  function run({ message, fn }: Work): PromiseLike<void> | undefined {
    const slot = begun++ % (states?.length ?? 1)
    if (states !== null && Atomics.compareExchange(states, slot, WAITING, RUNNING) !== WAITING) {
      host.post(['skipped'])
      return undefined
    }
    const call = (current = openCall(states, slot, message[3]))
    try {
      const value = message[0] === 'run' ? fn(...message[2]) : mapItems(fn, message[2])
      if (!isThenable(value)) return succeed(call, value)
      return Promise.resolve(value).then(
        (result) => succeed(call, result),
        (error: unknown) => fail(call, error),
      )
    } catch (error) {
      return fail(call, error)
    }
  }

  function runWaiting(): void {
    isBusy = true
    for (let work = waiting.shift(); work !== undefined; work = waiting.shift()) {
      const pending = run(work)
      if (pending !== undefined) return void pending.then(runWaiting)
    }
    isBusy = false
  }

  return {
    push(work) {
      waiting.push(work)
      if (!isBusy) runWaiting()
    },
    begin: runWaiting,
    abort(number) {
      if (number === begun - 1) current?.abort()
    },
  }
}
