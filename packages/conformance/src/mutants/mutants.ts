/** A bug that a port of asyncio could well have, as a change of one place in a source file. */
export interface Mutant {
  name: string
  /** Within the folder `packages`. */
  file: string
  find: string
  replace: string
  /** The checks to run. CPython's own tests see only the loop, ask little about the order in a turn, and take long. */
  checks: ('cases' | 'random' | 'cpython')[]
}

const ALL = ['cases', 'random', 'cpython'] as const
const TRACES = ['cases', 'random'] as const

export const MUTANTS: readonly Mutant[] = [
  {
    name: 'whoever waits is woken inline instead of in the next turn',
    file: 'core/src/futures/future.ts',
    find: '    else this._loop._enqueue(waiters)\n',
    replace: '    else waiters.run()\n',
    checks: [...TRACES],
  },
  {
    name: 'the last waiter is served first',
    file: 'core/src/primitives/waiter-queue.ts',
    find: `    waiter._before = this.#last
    if (this.#last === null) this.#first = waiter
    else this.#last._after = waiter
    this.#last = waiter
    this.#pending ??= waiter
`,
    replace: `    waiter._after = this.#first
    if (this.#first === null) this.#last = waiter
    else this.#first._before = waiter
    this.#first = waiter
    this.#pending = waiter
`,
    checks: [...TRACES],
  },
  {
    name: 'a cancel is lost when the future that the task waits for is done',
    file: 'core/src/tasks/task.ts',
    find: '    if (!delivered) this._mustCancel = true\n',
    replace: '    if (!delivered && this._waiter === null) this._mustCancel = true\n',
    checks: [...TRACES],
  },
  {
    name: 'timers run before what is ready',
    file: 'core/src/loop/scheduler.ts',
    find: '    for (let timer = timers.popDue(now); timer !== undefined; timer = timers.popDue(now)) ready.push(timer)\n',
    replace: `    const before: Runnable[] = []
    for (let left = ready.size; left > 0; left--) before.push(ready.shift())
    for (let timer = timers.popDue(now); timer !== undefined; timer = timers.popDue(now)) ready.push(timer)
    for (const item of before) ready.push(item)
`,
    checks: [...TRACES],
  },
  {
    name: 'uncancel leaves a cancel that was not delivered',
    file: 'core/src/tasks/task.ts',
    find: 'if (this._cancelRequests > 0 && --this._cancelRequests === 0) this._mustCancel = false',
    replace: 'if (this._cancelRequests > 0) this._cancelRequests--',
    checks: [...TRACES],
  },
  {
    name: 'what a callback schedules runs in the same turn',
    file: 'core/src/loop/scheduler.ts',
    find: 'else for (let left = count; left > 0; left--) ready.shift().run()',
    replace: 'else while (ready.size > 0) ready.shift().run()',
    checks: [...TRACES],
  },
  {
    name: 'what became ready last runs first',
    file: 'core/src/loop/ready-queue.ts',
    find: `    const index = this.#head
    const item = this.#items[index]!
    this.#items[index] = undefined
    this.#head = (index + 1) & this.#mask
`,
    replace: `    const index = (this.#head + this.#size - 1) & this.#mask
    const item = this.#items[index]!
    this.#items[index] = undefined
`,
    checks: [...ALL],
  },
  {
    name: 'a waiter that is cancelled after it was woken keeps the lock from the next',
    file: 'sync/src/lock.ts',
    find: '    if (this.#holder === null) this.#wakeFirst()\n',
    replace: '',
    checks: [...TRACES],
  },
  {
    name: 'a timeout that meets a cancel from outside takes it for its own',
    file: 'tasks/src/timeout.ts',
    find: 'this.#task!.uncancel() > this.#cancelling',
    replace: 'this.#task!.uncancel() < this.#cancelling',
    checks: [...TRACES],
  },
  {
    name: 'the error of a task does not cancel the body of its group',
    file: 'tasks/src/task-group.ts',
    find: '    if (!this.#aborting) this.#cancelParent()\n',
    replace: '    this.#abort()\n',
    checks: [...TRACES],
  },
  {
    name: 'the callbacks of a future are called in the order opposite to that in which they were added',
    file: 'core/src/futures/future.ts',
    find: '    else if (Array.isArray(waiters)) waiters.push(waiter)\n',
    replace: '    else if (Array.isArray(waiters)) waiters.unshift(waiter)\n',
    checks: [...TRACES],
  },
]
