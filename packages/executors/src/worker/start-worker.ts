import type { ToWorker } from './messages.ts'
import type { WorkerHost } from './worker-host.ts'
import type { Fn, WorkerParts } from './worker-parts.ts'

/**
 * The main function of a worker: does what the pool says.
 *
 * It is sent as text, so that it needs neither a loader nor a file of its own, and must not refer to anything outside.
 */
export function startWorker(host: WorkerHost, parts: WorkerParts): void {
  const functions = new Map<number, Fn>()
  const runner = parts.newRunner(host, parts)

  const begin = (): void => {
    host.post(['ready'])
    runner.begin()
  }

  const take = (message: ToWorker): void => {
    switch (message[0]) {
      case 'define':
        functions.set(message[1], parts.loadFunction(host, message[2]))
        break
      case 'forget':
        functions.delete(message[1])
        break
      case 'initialize':
        void Promise.resolve()
          .then(() => functions.get(message[1])!(...message[2]))
          .then(begin, (error: unknown) => host.post(['broken', parts.describeError(error)]))
        break
      case 'start':
        begin()
        break
      case 'abort':
        runner.abort(message[1])
        break
      case 'run':
      case 'map':
        runner.push({ message, fn: functions.get(message[1])! })
        break
    }
  }

  // Calls are counted on both sides, so that one which cannot be read fails in its turn.
  const fail = (error: unknown): void => {
    const fn = (): never => {
      throw error
    }
    runner.push({ message: ['run', 0, []], fn })
  }
  host.receive(take, fail)
}
