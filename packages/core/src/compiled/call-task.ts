import type { CoroutineLike } from '../contract/coroutine.ts'
import type { KernelLoop, KernelTask } from '../contract/kernel.ts'
import { Task } from '../tasks/task.ts'
import type { Unretrieved } from '../futures/unretrieved.ts'
import { CLAIMED, NEW } from './frame.ts'
import type { Frame } from './frame.ts'

/**
 * The task of a call that nobody made a task of: it was made outside of tasks, or has outlived its own. The call tells
 * of its errors itself.
 */
export class CallTask extends Task<unknown> {
  /** Whether a program has taken it for a task of its own. */
  declare _isTaken: boolean | undefined

  /** @param task - the task whose context it keeps; `null` for the caller's */
  constructor(root: Frame, loop: KernelLoop, task: KernelTask | null) {
    if (root._mode !== NEW) root._mode = CLAIMED
    super(root as unknown as CoroutineLike<unknown>, task === null ? undefined : { context: task._context }, loop)
  }

  protected override _watch(error: unknown): Unretrieved | null {
    return this._isTaken === true ? super._watch(error) : null
  }
}

/** Of a call outside of tasks: its awaits of promises and of plain values are JavaScript's, microtask by microtask. */
export class ImplicitTask extends CallTask {
  get _isImplicit(): boolean {
    return true
  }
}
