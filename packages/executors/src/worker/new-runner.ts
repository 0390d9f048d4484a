import type { FromWorker } from './messages.ts'
import type { CurrentCall } from './open-call.ts'
import type { WorkerHost } from './worker-host.ts'
import type { Runner, Work, WorkerParts } from './worker-parts.ts'

/** Makes the runner of a worker. */
export function newRunner(host: WorkerHost, parts: WorkerParts): Runner {
  const { states } = host
  const waiting: Work[] = []
  let begun = 0
  let isBusy = true
  let current: CurrentCall | null = null

  const finish = (call: CurrentCall, report: () => void): void => {
    current = null
    call.close()
    report()
  }
  const fail = (error: unknown): void => host.post(['error', parts.describeError(error)] as FromWorker)

  /** Returns a promise when the function waits. */
  function run({ message, fn }: Work): PromiseLike<void> | undefined {
    const slot = begun++ % (states?.length ?? 1)
    if (states !== null && Atomics.compareExchange(states, slot, 1, 2) !== 1) {
      host.post(['skipped'])
      return undefined
    }
    const call = (current = parts.openCall(states, slot, message[3]))
    let value: unknown
    try {
      value = message[0] === 'run' ? fn(...message[2]) : parts.mapItems(fn, message[2])
      if (typeof (value as Partial<PromiseLike<unknown>> | null | undefined)?.then === 'function') {
        return Promise.resolve(value).then(
          (result) => finish(call, () => parts.postResult(host, result)),
          (error: unknown) => finish(call, () => fail(error)),
        )
      }
    } catch (error) {
      finish(call, () => fail(error))
      return undefined
    }
    finish(call, () => parts.postResult(host, value))
    return undefined
  }

  function runWaiting(): void {
    isBusy = true
    while (waiting.length > 0) {
      const pending = run(waiting.shift()!)
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
