import type { CancelTarget, Rebindable } from '../contract/cancel-target.ts'
import type { KernelTask, Scope } from '../contract/kernel.ts'
import type { TaskPart } from '../contract/task-part.ts'
import { runtime } from '../runtime.ts'
import type { FunctionSite } from './function-site.ts'

/** What a compiled function runs in: it yields the number of each await, and the value lies in the register. */
export type CompiledGenerator<T = unknown> = Generator<number, T, unknown>

/** What steps through an awaited coroutine on behalf of a frame. */
export interface SubSteps {
  next(value?: unknown): IteratorResult<unknown, unknown>
  throw?(error: unknown): IteratorResult<unknown, unknown>
}

/** Told when a call is settled. */
export interface CallObserver {
  _callSettled(frame: Frame): void
}

/** What most calls never need: kept apart, so that a call stays small. */
export class RareFrameState {
  observers: CallObserver[] = []
  /** The scopes entered before the first wait, which have to learn who goes on with the call. */
  entered: Rebindable[] = []
  /** What goes on with it, when it is apart. */
  driver: CancelTarget | null = null
  /** The user's AsyncLocalStorage stores; `undefined` before there were any. */
  scope: Scope | null | undefined = undefined
}

/** Not begun. */
export const NEW = 0
/** Begun and parked; nothing has taken it yet, and the step in which it was made has not ended. */
export const FRESH = 1
/** Taken by what will step through it. */
export const CLAIMED = 2
/** Stepped through by a task or by `yield*`. */
export const DRIVEN = 3
/** Awaited by another frame in the step in which it was made. */
export const INNER = 4
/** Goes on by itself. */
export const APART = 5

export type Mode = typeof NEW | typeof FRESH | typeof CLAIMED | typeof DRIVEN | typeof INNER | typeof APART

/**
 * One call of a compiled function.
 *
 * Frames that await each other are a linked list from the innermost, the leaf, outwards; the outermost is stepped
 * through as a generator is. Invariant FRAME-1: a frame that is not done has exactly one of: a step under way, a place among
 * the fresh ones, a caller, a driver.
 */
export abstract class Frame {
  // One is made for every call: assignments in the constructor and no private names, as in InertCoroutine.
  /** 0 pending, 1 returned, 2 thrown. */
  declare _state: 0 | 1 | 2
  declare _mode: Mode
  /** What the leaf waits on; the result or the error once the call is done. */
  declare _value: unknown
  /** `null` once it has returned something that is still awaited. */
  declare _generator: CompiledGenerator | null
  declare readonly _site: FunctionSite | undefined
  /** The number of the await it stands at. */
  declare _at: number
  /** The coroutine it awaits. */
  declare _sub: SubSteps | null
  /** The frame that awaits it; among fresh ones, the one made before it. */
  declare _link: Frame | null
  /** Of an outermost frame: the one that waits. */
  declare _leaf: Frame | null
  /** The task it was made in. */
  declare _task: KernelTask | null
  declare private _more: RareFrameState | null

  constructor(generator: CompiledGenerator, site: FunctionSite | undefined, task: KernelTask | null) {
    this._state = 0
    this._mode = NEW
    this._value = undefined
    this._generator = generator
    this._site = site
    this._at = -1
    this._sub = null
    this._link = null
    this._leaf = null
    this._task = task
    this._more = null
  }

  /** Lets it go on by itself from now on. It is fresh. */
  abstract _detach(): void

  /** It has failed, and nothing has asked for its outcome so far. */
  protected abstract _failedAlone(): void

  /** Its error has reached somebody: it is not reported as unhandled any more. */
  abstract _noteHandled(): void

  /** A promise of the host with its outcome. */
  abstract _promise(): Promise<unknown>

  /** What most calls never need. */
  _rare(): RareFrameState {
    return (this._more ??= new RareFrameState())
  }

  get _driver(): CancelTarget | null {
    return this._more === null ? null : this._more.driver
  }

  _observe(observer: CallObserver): void {
    this._rare().observers.push(observer)
  }

  _unobserve(observer: CallObserver): void {
    const { observers } = this._rare()
    const index = observers.indexOf(observer)
    if (index >= 0) observers.splice(index, 1)
  }

  /** The only transition. */
  _settle(state: 1 | 2, value: unknown): void {
    this._state = state
    this._value = value
    this._generator = null
    if (this._more !== null) this._tellObservers(state)
    else if (state === 2 && this._mode !== INNER) this._failedAlone()
  }

  private _tellObservers(state: 1 | 2): void {
    const rare = this._rare()
    const { observers } = rare
    rare.observers = []
    for (const observer of observers) observer._callSettled(this)
    if (state === 2 && observers.length === 0) this._failedAlone()
  }

  _enter(scope: Rebindable): void {
    this._rare().entered.push(scope)
  }

  _leave(scope: Rebindable): void {
    const entered = this._more?.entered
    if (entered !== undefined && entered.at(-1) === scope) entered.pop()
  }

  /** Takes the scopes that it entered in its first step and has not left. */
  _takeEntered(): Rebindable[] {
    if (this._more === null) return []
    const { entered } = this._more
    this._more.entered = []
    return entered
  }
}

/** The part of the running task that goes on with a call, if that is what does. */
export function partOf(call: Frame): TaskPart | null {
  // What goes on with a call that is apart, in a task that has not ended, is a part of that task.
  return call._mode === APART && call._task === runtime.task ? (call._driver as unknown as TaskPart | null) : null
}

/** Tells the scopes that the frames of a call have entered who goes on with it. */
export function rebind(root: Frame, target: CancelTarget): void {
  for (let frame = root._leaf ?? root; ; frame = frame._link!) {
    for (const scope of frame._takeEntered()) scope._rebind(target)
    if (frame === root) return
  }
}
