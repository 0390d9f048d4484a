import { currentTask, Future, Task } from '@asyncio-ts/core'
import { runBody } from '@asyncio-ts/core/primitives'
import type { Coroutine } from '@asyncio-ts/core'
import type { Body, KernelFuture, Runnable } from '@asyncio-ts/core/primitives'

/** Passes the outcome of a body on to the task that waits for it, until that has left it behind. */
class Outcome<T> implements Runnable {
  readonly future: Future<T>
  readonly #task: Task<T>

  constructor(task: Task<T>) {
    this.#task = task
    this.future = new Future<T>({ loop: task.getLoop() })
    if (task.done()) this.run()
    else task._addWaiter(this)
  }

  run(): void {
    if (this.future.done()) return
    const { _state: state, _value: value } = this.#task as KernelFuture<T>
    if (state === 1) this.future._settle(1, value)
    else if (state > 1) this.future._settle(state === 2 ? 2 : 3, this.#task._takeError())
  }
}

/** Waits for the end of a task that nobody is interested in any more, so that it fails unheard. */
const UNHEARD: Runnable = {
  run: () => undefined,
  _ofFailed(failed) {
    failed._takeError()
    return this
  },
}

/** Cancels a task, and drops what it returns or throws. */
export function leaveBehind(task: Task<unknown>): void {
  if (task.done()) {
    if (task._state > 1) task._takeError()
    return
  }
  task._addWaiter(UNHEARD)
  task.cancel()
  // It waits for something that nothing can interrupt: the end of the loop cannot wait for it either.
  if (task._mustCancel && task._waiter === null) task._loop._unregisterTask(task)
}

/**
 * Makes a body that can be left behind at any time: a cancel ends the wait for it at once.
 *
 * It runs in a task of its own, for what it waits for later must not be a wait of the task that has gone on.
 */
export function abandonable<A extends unknown[], T>(body: Body<A, T>): (...args: A) => Coroutine<T> {
  return function* (...args) {
    const context = currentTask()!.getContext()
    const task = new Task<T>(() => runBody(body, ...args), { eagerStart: true, context })
    try {
      return yield* new Outcome(task).future
    } finally {
      leaveBehind(task as Task)
    }
  }
}
