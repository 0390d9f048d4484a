import { asyncHooks } from '../host/async-hooks.ts'
import type { FlowStorage } from '../contract/kernel.ts'
import { captureScope, isOwnStorage, runInRootScope, stores } from '../host/user-stores.ts'
import type { Frame, SubSteps } from './frame.ts'

type Method = (this: unknown, ...args: unknown[]) => unknown
type Storage = Record<'run' | 'enterWith', Method>

let isWatching = false

/**
 * Finds out when the program first uses an AsyncLocalStorage.
 *
 * The host does not tell, and to look at every call would cost as much as the call. So the two methods that set a store
 * are watched until one of them is called for the first time; then they are put back.
 */
export function watchStores(): void {
  if (isWatching) return
  isWatching = true
  const prototype = asyncHooks()?.AsyncLocalStorage.prototype as (FlowStorage & Partial<Storage>) | undefined
  if (prototype === undefined) return
  const { run, enterWith } = prototype as unknown as Storage
  const watched: Storage = { run, enterWith }
  function putBack(): void {
    stores.inUse = true
    if (prototype!.run === (watched.run as unknown)) Object.assign(prototype!, { run })
    if (prototype!.enterWith === watched.enterWith) Object.assign(prototype!, { enterWith })
  }
  watched.run = function (...args) {
    // Our own follow tasks through functions that are not compiled, and find out where the host keeps stores.
    if (isOwnStorage(this)) Object.defineProperty(this, 'run', { value: run })
    else putBack()
    return run.apply(this, args)
  }
  watched.enterWith = function (...args) {
    // Some hosts call it for `run`.
    if (isOwnStorage(this)) Object.defineProperty(this, 'enterWith', { value: enterWith })
    else putBack()
    return enterWith.apply(this, args)
  }
  Object.assign(prototype, watched)
}

/** Takes the caller's stores for those of a call, unless it has some. */
export function noteStores(frame: Frame): void {
  const rare = frame._rare()
  if (rare.scope === undefined) rare.scope = captureScope()
}

/** Takes a step in the stores of a frame, and keeps what it makes of them. */
export function resumeInScope(
  frame: Frame,
  steps: SubSteps,
  failed: boolean,
  value: unknown,
): IteratorResult<unknown, unknown> {
  const { scope } = frame._rare()
  // It began before there were any stores.
  if (scope === undefined) return step(frame, steps, failed, value)
  if (scope === null) return runInRootScope(step, frame, steps, failed, value)
  return scope.runInAsyncScope(step, undefined, frame, steps, failed, value)
}

function step(frame: Frame, steps: SubSteps, failed: boolean, value: unknown): IteratorResult<unknown, unknown> {
  try {
    return failed ? steps.throw!(value) : steps.next(value)
  } finally {
    frame._rare().scope = captureScope()
  }
}
