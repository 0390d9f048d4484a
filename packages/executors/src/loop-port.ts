import { getRunningLoop } from '@asyncio-ts/core'
import { reprOf } from '@asyncio-ts/core/primitives'
import type { EventLoop, Task } from '@asyncio-ts/core'
import type * as threads from 'node:worker_threads'
import { builtin } from './builtin.ts'
import { describeError } from './worker/describe-error.ts'
import { isToLoop } from './port-messages.ts'
import type { FromLoop, ToLoop } from './port-messages.ts'
import type { Callable } from './worker-function.ts'

/** Makes a port to send; unwrapped where arguments are sent. */
export const CONNECT = Symbol('connect')

/** No member that anyone could complete: see {@link LoopPort}. */
declare const HANDLERS: unique symbol

/** Functions that workers may call, by name. */
export type Handlers = object

/** The names of those that are functions. */
export type HandlerNames<H> = { [Name in keyof H]: H[Name] extends Callable ? Name : never }[keyof H] & string

/**
 * A way for workers to call functions on this loop: an argument for `toThread` and for executors of threads.
 *
 * Made by {@link loopPort}. In the worker it is given to `runCoroutineThreadsafe` and `callSoonThreadsafe`.
 */
export class LoopPort<H extends Handlers> implements Disposable {
  /** Carries the type of the handlers, which private members do not show in declarations. */
  declare readonly [HANDLERS]: H
  readonly #handlers: H
  readonly #loop: EventLoop
  readonly #connections = new Set<Connection>()

  constructor(handlers: H, loop: EventLoop) {
    this.#handlers = handlers
    this.#loop = loop
  }

  /** Returns a port that can be transferred to a worker of one's own; executors do it by themselves. */
  connect(): MessagePort {
    const { MessageChannel } = builtin('node:worker_threads')
    const { port1, port2 } = new MessageChannel()
    const connection = new Connection(this.#loop, port1, this.#handlers as Record<string, Callable>)
    this.#connections.add(connection)
    port1.on('close', () => {
      this.#connections.delete(connection)
      connection.closed()
    })
    // What keeps the process alive is the call that the worker runs, or the task that a worker has started.
    port1.unref()
    return port2 as unknown as MessagePort
  }

  [CONNECT](): MessagePort {
    return this.connect()
  }

  /** Cuts all workers off: their calls fail, and the tasks that they have started are cancelled. */
  close(): void {
    for (const connection of this.#connections) connection.close()
  }

  [Symbol.dispose](): void {
    this.close()
  }
}

/** What one worker has asked for. */
class Connection {
  readonly #loop: EventLoop
  readonly #port: threads.MessagePort
  readonly #handlers: Record<string, Callable>
  readonly #tasks = new Map<number, Task<unknown>>()

  constructor(loop: EventLoop, port: threads.MessagePort, handlers: Record<string, Callable>) {
    this.#loop = loop
    this.#port = port
    this.#handlers = handlers
    port.on('message', (message: unknown) => this.#take(message))
    port.on('messageerror', (error) => this.#report(error))
  }

  close(): void {
    this.#port.close()
  }

  closed(): void {
    for (const task of this.#tasks.values()) task.cancel('The worker that started it has ended.')
  }

  /** Runs in an event of the host: an exception from here would end the process. */
  #take(message: unknown): void {
    if (this.#loop.isClosed()) {
      this.#port.close()
      return
    }
    try {
      if (!isToLoop(message)) throw new TypeError('A worker sent something other than a call through a loop port.')
      this.#receive(message)
    } catch (error) {
      this.#report(error)
    }
  }

  #report(exception: unknown): void {
    if (this.#loop.isClosed()) return
    this.#loop.callExceptionHandler({ message: 'A message of a worker to its loop port failed', exception })
  }

  #receive(message: ToLoop): void {
    switch (message[0]) {
      case 'callSoon':
        this.#loop.callSoon(this.#handlerOf(message[1]), ...message[2])
        break
      case 'run':
        this.#run(message[1], this.#handlerOf(message[2]), message[3])
        break
      case 'cancel':
        this.#tasks.get(message[1])?.cancel(message[2])
        break
    }
  }

  #handlerOf(name: string): (...args: unknown[]) => unknown {
    const handler = Object.hasOwn(this.#handlers, name) ? this.#handlers[name] : undefined
    if (typeof handler === 'function') return handler as (...args: unknown[]) => unknown
    return () => {
      throw new TypeError(
        `The loop port has no function ${reprOf(name)}: it has ${Object.keys(this.#handlers).join(', ')}.`,
      )
    }
  }

  #run(id: number, handler: (...args: unknown[]) => unknown, args: readonly unknown[]): void {
    const call = (): unknown => handler(...args)
    let task: Task<unknown>
    try {
      task = this.#loop.createTask(call as never) as Task<unknown>
    } catch (error) {
      this.#port.postMessage(['error', id, describeError(error)] satisfies FromLoop)
      return
    }
    this.#tasks.set(id, task)
    task.addDoneCallback(() => {
      this.#tasks.delete(id)
      this.#answer(id, task)
    })
  }

  #answer(id: number, task: Task<unknown>): void {
    const post = (message: FromLoop): void => this.#port.postMessage(message)
    if (task.cancelled()) return post(['cancelled', id])
    const error = task.exception()
    if (error !== null) return post(['error', id, describeError(error)])
    try {
      post(['result', id, task.result()])
    } catch (uncopied) {
      post(['error', id, describeError(uncopied)])
    }
  }
}

/**
 * Makes a way for workers to call functions on the running loop.
 *
 * @param handlers - what they may call, by name; coroutine functions of both kinds, and plain functions
 * @returns an argument for functions that run in threads, any number of times
 * @remarks
 * **Differences from CPython** An extension: a thread of Python names the loop and makes the coroutine itself.
 * @extension
 * @example
 * const port = loopPort({ async price(item: string) { return await lookUp(item) } })
 * const total = await toThread(sumOfPrices, items, port)
 */
export function loopPort<H extends Handlers>(handlers: H): LoopPort<H> {
  return new LoopPort(handlers, getRunningLoop())
}
