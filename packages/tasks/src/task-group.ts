import {
  coroutine,
  ExceptionGroup,
  Future,
  getRunningLoop,
  isCancelled,
  isCoroutine,
  RuntimeError,
} from '@asyncio-ts/core'
import { InertCoroutine, isInterruption, reprOf, wake } from '@asyncio-ts/core/primitives'
import type {
  Coroutine,
  CoroutineLike,
  CoroutineObject,
  KeyboardInterrupt,
  Suspension,
  SystemExit,
  Task,
  TaskOptions,
} from '@asyncio-ts/core'
import type { Body, CancelTarget } from '@asyncio-ts/core/primitives'
import { CancelScope } from './cancel-scope.ts'
import { runScopeBody } from './run-scope-body.ts'

/**
 * Tasks that end together: when one fails the others are cancelled, and the group ends when all have ended.
 *
 * {@link taskGroup} is the usual way in; `enter` and `exit` are what it calls.
 *
 * @remarks
 * **Differences from CPython** `cancel()` is Python 3.15's.
 * @see https://docs.python.org/3/library/asyncio-task.html#asyncio.TaskGroup
 */
export class TaskGroup extends CancelScope {
  // Invariant GROUP-1: `#parentCancelRequested` ⇒ the group owes its parent exactly one uncancel().
  // Invariant GROUP-2: `#tasks` holds exactly the children whose end has not been seen yet.
  readonly #tasks = new Set<Task>()
  readonly #errors: unknown[] = []
  #parent: CancelTarget | null = null
  #exiting = false
  #aborting = false
  #cancelled = false
  #parentCancelRequested = false
  #allDone: Future<void> | null = null
  /** No error of the program: thrown as it is, before all others. */
  #interruption: KeyboardInterrupt | SystemExit | null = null

  /** Begins the group, in the current task. */
  enter(): this {
    if (this.#parent !== null) throw new RuntimeError(`${this.toString()} has already been entered: make a new one.`)
    this.#parent = this._begin('TaskGroup')
    if (this.#cancelled) this.#cancelParent()
    return this
  }

  /**
   * Runs a coroutine as a task of the group.
   *
   * @throws RuntimeError when the group has not begun, is shutting down or is over; the coroutine is closed then
   * @throws TypeError when `coroutine` is not one
   * @see https://docs.python.org/3/library/asyncio-task.html#asyncio.TaskGroup.create_task
   */
  createTask<T>(coroutine: CoroutineLike<T>, options?: TaskOptions): Task<T> {
    const refusal = this.#refusal()
    if (refusal !== null) {
      if (isCoroutine(coroutine)) coroutine.return(undefined as never)
      throw new RuntimeError(`${this.toString()} ${refusal}.`)
    }
    const task = getRunningLoop().createTask(coroutine, options) as Task<T>
    // A task that ended in its eager first step is seen one turn later as well: its error must not cancel a body that
    // has yet to make the other tasks.
    this.#tasks.add(task as Task)
    task.addDoneCallback(this.#onTaskDone as (task: Task<T>) => void)
    // An eager first step may have cancelled the group, which did not have the task yet.
    if (this.#aborting && !task.done()) task.cancel()
    return task
  }

  /**
   * Cancels the body and every task; the group then ends without an error of its own. Errors that tasks raise
   * nevertheless are thrown as ever. May be called before the group begins, and again.
   *
   * @see https://docs.python.org/3.15/library/asyncio-task.html#asyncio.TaskGroup.cancel
   */
  cancel(): void {
    this.#cancelled = true
    if (this.#parent === null || (this.#exiting && this.#tasks.size === 0)) return
    this.#cancelParent()
  }

  /**
   * Waits for every task, and ends the group.
   *
   * @param error - what the body threw, if it did
   * @returns true when the error was the group's own cancellation, and is dealt with
   * @throws ExceptionGroup of the errors of the body and the tasks
   */
  exit(...error: [] | [unknown]): CoroutineObject<boolean> {
    return TaskGroup.#exit.call(this, error)
  }

  /** Returns the cancel that arrived from outside meanwhile, if one did. */
  *#waitForTasks(): Coroutine<unknown> {
    let cancellation: unknown
    while (this.#tasks.size > 0) {
      this.#allDone ??= new Future<void>({ loop: getRunningLoop() })
      try {
        yield* this.#allDone
      } catch (error) {
        if (!isCancelled(error)) throw error
        // A group that is ending already has a reason of its own, and passes the cancel on by the count; but for one
        // that was told to end, and has none.
        if (!this.#aborting || this.#cancelled) cancellation ??= error
        this.#abort()
      }
      this.#allDone = null
    }
    return cancellation
  }

  static readonly #exit = /* @__PURE__ */ coroutine(
    function* (this: TaskGroup, thrown: [] | [unknown]): Generator<Suspension, boolean, unknown> {
      this.#exiting = true
      const hasThrown = thrown.length > 0
      const parent = this.#parent!
      const error = hasThrown && parent.cancelling() > 0 ? this._translate(thrown[0]) : thrown[0]
      const bodyFailed = hasThrown && !isCancelled(error)
      let cancellation = bodyFailed ? undefined : error
      if (isInterruption(error)) this.#interruption ??= error
      if (hasThrown) this.#abort()
      const late = yield* this.#waitForTasks()
      cancellation ??= late
      if (this.#interruption !== null) throw this.#interruption
      this._end()
      if (this.#parentCancelRequested && parent.uncancel() === 0) cancellation = undefined
      if (cancellation !== undefined && this.#errors.length === 0) throw cancellation
      if (bodyFailed) this.#errors.push(error)
      if (this.#errors.length === 0) return this.#cancelled
      if (parent.cancelling() > 0) {
        // The outer cancel is delivered again at the next await, with the count as it was.
        parent.uncancel()
        parent.cancel()
      }
      throw new ExceptionGroup('unhandled errors in a TaskGroup', this.#errors)
    },
    { name: 'TaskGroup.exit' },
  )

  readonly #onTaskDone = (task: Task): void => {
    this.#tasks.delete(task)
    if (this.#tasks.size === 0 && this.#allDone !== null) wake(this.#allDone)
    if (task.cancelled()) return
    const exception = task.exception()
    if (exception === null || (this.#aborting && this._isAbortByCancel(exception))) return
    this.#errors.push(exception)
    if (isInterruption(exception)) this.#interruption ??= exception
    if (this.#parent!.done()) {
      const message = `Task ${reprOf(task)} has errored out but its parent task ${reprOf(this.#parent)} is already completed`
      task.getLoop().callExceptionHandler({ message, exception, task })
      return
    }
    if (!this.#aborting) this.#cancelParent()
  }

  /** @internal */
  override _rebind(target: CancelTarget): void {
    super._rebind(target)
    this.#parent = target
  }

  #cancelParent(): void {
    this.#abort()
    if (this.#parentCancelRequested) return
    this.#parentCancelRequested = true
    this._cancelTask()
  }

  #abort(): void {
    if (this.#aborting) return
    this.#aborting = true
    for (const task of this.#tasks) if (!task.done()) task.cancel()
  }

  #refusal(): string | null {
    if (this.#parent === null) return 'has not been entered: create tasks inside its body'
    if (this.#exiting && this.#tasks.size === 0) return 'is finished'
    return this.#aborting ? 'is shutting down' : null
  }

  override toString(): string {
    const parts = ['TaskGroup']
    if (this.#tasks.size > 0) parts.push(`tasks=${this.#tasks.size}`)
    if (this.#errors.length > 0) parts.push(`errors=${this.#errors.length}`)
    if (this.#aborting) parts.push('cancelling')
    else if (this.#parent !== null) parts.push('entered')
    return `<${parts.join(' ')}>`
  }
}

class GroupScope<T> extends InertCoroutine<T> {
  readonly #body: Body<[TaskGroup], T>

  constructor(body: Body<[TaskGroup], T>) {
    super()
    this.#body = body
  }

  override get _name(): string {
    return 'taskGroup'
  }

  protected override *begin(): Coroutine<T> {
    const group = new TaskGroup().enter()
    let value
    try {
      value = yield* runScopeBody(this.#body, group)
    } catch (error) {
      if (yield* group.exit(error)) return undefined as T
      throw error
    }
    yield* group.exit()
    return value
  }
}

/**
 * Runs a body that may start tasks, and returns when all of them have ended, as `async with TaskGroup() as tg:`.
 *
 * The first error cancels the body and the other tasks. Once everything has unwound the errors are thrown together.
 *
 * @param body - a `function*` or an async function; it receives the {@link TaskGroup}, whose `signal` aborts when the
 * group cancels its tasks, and when the calling task is cancelled: see {@link timeout} for what a cancel can reach
 * @returns what the body returns; nothing when the group was ended with {@link TaskGroup.cancel}
 * @throws ExceptionGroup when the body or a task failed, even when there is a single error
 *
 * @remarks
 * **Cancellation** Every task is cancelled and waited for, then the CancelledError goes on.
 * **Differences from CPython** The block is a function.
 * @example
 * import { sleep, taskGroup } from '@asyncio-ts/tasks'
 *
 * const total = await taskGroup(async (tg) => {
 *   const first = tg.createTask(sleep(0.01, 1))
 *   const second = tg.createTask(sleep(0.01, 2))
 *   return (await first) + (await second)
 * })
 * console.log(total)
 * @see https://docs.python.org/3/library/asyncio-task.html#task-groups
 */
export function taskGroup<T>(body: Body<[TaskGroup], T>): CoroutineObject<T> {
  if (typeof body !== 'function') throw new TypeError(`taskGroup() takes the body as a function, got ${reprOf(body)}.`)
  return new GroupScope(body)
}
