import type { CallAdoption, KernelTask } from '../contract/kernel.ts'
import { flowTask } from '../host/async-function-task.ts'
import { captureScope, stores } from '../host/user-stores.ts'
import { getRunningLoop } from '../running-loop.ts'
import { runtime } from '../runtime.ts'
import { begin } from './advance.ts'
import { CallTask, ImplicitTask } from './call-task.ts'
import { CompiledCall, recentCalls } from './compiled-call.ts'
import { CLAIMED, Frame, FRESH, NEW, rebind } from './frame.ts'
import type { CompiledGenerator } from './frame.ts'
import { framesOf } from './frames-of.ts'
import { addFresh, fresh, removeFresh } from './fresh-calls.ts'
import type { FunctionSite } from './function-site.ts'
import { noteStores } from './stores.ts'

/**
 * Starts a call of a compiled async function. It runs to its first wait.
 *
 * What awaits the call in the same step goes on with it, and so does a task that is made of it. Otherwise it goes on by
 * itself, as a part of the task it was made in; outside of tasks, as a task of the running loop.
 *
 * @param generator - the body, of which nothing has run
 * @param site - what the function is called, and where it stands
 */
export function call<T>(generator: Generator<number, T, unknown>, site: FunctionSite | undefined): CompiledCall<T> {
  const { task } = runtime
  if (task === null) return callOutside(generator, site)
  const made = new CompiledCall<T>(generator, site, task)
  if (stores.inUse) noteStores(made)
  start(made)
  return made
}

/**
 * The same for a function whose parameters can throw: the body is made here, and what that throws rejects.
 *
 * @param generatorFunction - the body
 * @param self - its `this`
 * @param args - the arguments of the call
 */
export function apply<T>(
  generatorFunction: (...args: never[]) => Generator<number, T, unknown>,
  self: unknown,
  args: ArrayLike<unknown>,
  site: FunctionSite | undefined,
): CompiledCall<T> {
  let generator
  try {
    generator = Reflect.apply(generatorFunction, self, args)
  } catch (error) {
    generator = failing(error) as Generator<number, T, unknown>
  }
  return call(generator, site)
}

function* failing(error: unknown): CompiledGenerator<never> {
  throw error
}

/** The first step. */
function start(frame: Frame): void {
  const { starting } = runtime
  const { mark } = fresh
  fresh.mark = fresh.newest
  fresh.steps++
  runtime.starting = frame
  try {
    frame._leaf = begin(frame)
  } finally {
    runtime.starting = starting ?? null
    fresh.steps--
    fresh.mark = mark
  }
  frame._mode = FRESH
  addFresh(frame)
}

/** Called by code that no task steps through: by a plain async function of a task, or outside of tasks. */
function callOutside<T>(generator: CompiledGenerator<T>, site: FunctionSite | undefined): CompiledCall<T> {
  const flow = flowTask()
  const made = new CompiledCall<T>(generator, site, flow)
  noteStoresIfAny(made)
  if (flow !== null) startIn(flow, made)
  else {
    if (recentCalls.push(made) === 1) queueMicrotask(() => void (recentCalls.length = 0))
    made._rare().driver = new ImplicitTask(made, getRunningLoop(), null)
  }
  return made
}

function noteStoresIfAny(frame: Frame): void {
  const scope = captureScope()
  if (stores.inUse) frame._rare().scope = scope
}

function startIn(flow: KernelTask, frame: Frame): void {
  const { task, context, loop } = runtime
  runtime.task = flow
  runtime.context = flow._ownContext
  runtime.loop = flow._loop
  try {
    start(frame)
  } finally {
    runtime.task = task
    runtime.context = context
    runtime.loop = loop
  }
}

const adoption: CallAdoption = {
  framesOf,
  adopt(task, coroutine) {
    if (!(coroutine instanceof Frame)) return false
    if (coroutine._mode === FRESH) {
      removeFresh(coroutine)
      coroutine._mode = CLAIMED
      rebind(coroutine, task)
    } else if (task instanceof CallTask) {
      coroutine._rare().driver = task
      rebind(coroutine, task)
    }
    return coroutine._mode === CLAIMED || coroutine._mode === NEW
  },
  taskOf(coroutine, loop, options) {
    if (!(coroutine instanceof Frame) || !recentCalls.includes(coroutine)) return null
    const task = coroutine._driver
    if (!(task instanceof CallTask) || task._loop !== loop || task._isTaken === true) return null
    task._isTaken = true
    if (options?.name !== undefined) task.setName(options.name)
    return task
  },
}

runtime.calls = adoption
