import { describeError } from './describe-error.ts'
import { loadFunction } from './load-function.ts'
import type { ToWorker } from './messages.ts'
import { newRunner } from './new-runner.ts'
import type { Fn } from './new-runner.ts'
import { postError } from './post-error.ts'
import type { WorkerHost } from './worker-host.ts'

/** Does what the pool says. */
export function startWorker(host: WorkerHost): void {
  const functions = new Map<number, Fn>()
  const runner = newRunner(host)

  const begin = (): void => {
    host.post(['ready'])
    runner.begin()
  }

  const initialize = async (id: number, args: readonly unknown[]): Promise<void> => {
    try {
      await functionOf(id)(...args)
    } catch (error) {
      postError(host, 'broken', describeError(error))
      return
    }
    begin()
  }

  const functionOf = (id: number): Fn =>
    functions.get(id) ??
    (() => {
      throw new Error(`The pool has sent no function number ${id}.`)
    })

  const take = (message: ToWorker): void => {
    switch (message[0]) {
      case 'define':
        functions.set(message[1], loadFunction(host, message[2]))
        break
      case 'forget':
        functions.delete(message[1])
        break
      case 'initialize':
        void initialize(message[1], message[2])
        break
      case 'start':
        begin()
        break
      case 'abort':
        runner.abort(message[1])
        break
      case 'run':
      case 'map':
        runner.push({ message, fn: functionOf(message[1]) })
        break
      case 'end':
        void (host.flush() ?? Promise.resolve()).then(() => host.exit())
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
