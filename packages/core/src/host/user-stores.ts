/**
 * Carries the user's AsyncLocalStorage stores into tasks.
 *
 * A task that was made where no store is set keeps nothing and its steps cost nothing: this is decided once, when it
 * is made, by looking at where the host keeps the stores.
 */
import { asyncHooks } from './async-hooks.ts'
import type { Scope } from '../contract/kernel.ts'
import { runtime } from '../runtime.ts'

const hooks = asyncHooks()

/** Where Node keeps all the stores of a resource in one map (Node 24 and later), the key of that map. */
let frameKey: symbol | undefined

/** Up to Node 22, where Node notes the id of a promise; only while something follows promises. */
let idKey: symbol | undefined

/** The keys under which Node keeps other things than stores on a resource. */
const bookkeeping: symbol[] = []
const BOOKKEEPING = /^(async_id_symbol|trigger_async_id_symbol|asyncId|triggerId|refed|destroyed)$/

const rootScope: Scope | null = makeRootScope()

function makeRootScope(): Scope | null {
  if (hooks === null) return null
  const scope = new hooks.AsyncResource('AsyncioLoop')
  const keys = Object.getOwnPropertySymbols(scope)
  frameKey = keys.find((key) => key.description === 'context_frame')
  idKey = keys.find((key) => key.description === 'async_id_symbol')
  return scope
}

/** Calls `fn` in the asynchronous context in which core was loaded: what the loop registers belongs to no caller. */
export function runInRootScope<A extends unknown[], R>(fn: (...args: A) => R, ...args: A): R {
  if (rootScope === null || (frameKey === undefined && !mayHaveStores())) return fn(...args)
  return rootScope.runInAsyncScope(fn, undefined, ...args)
}

/** Whether the program uses an AsyncLocalStorage of its own, as far as is known. */
export const stores = { inUse: false }

/** Saves the caller's stores, or returns `null` when it has none. */
export function captureScope(): Scope | null {
  if (hooks === null) return null
  if (frameKey === undefined) {
    return mayHaveStores() && hasStores(hooks.executionAsyncResource()) ? saveScope() : null
  }
  const resource = new hooks.AsyncResource('AsyncioTask')
  const frame = (resource as unknown as Record<symbol, Map<unknown, unknown> | undefined>)[frameKey]
  if (frame === undefined || frame.size === (frame.has(runtime.flows) ? 1 : 0)) return null
  return saveScope()
}

/** The keys of a promise where our own AsyncLocalStorage is the only one in use: two ids and its store. */
const OWN_PROMISE_KEYS = 3

let othersInUse = false
let checkedTick = -1

/**
 * Saves the stores at an await, in a microtask of an async function, or returns `null` when there are none.
 *
 * To look at every await would cost as much as the await. An AsyncLocalStorage that is in use stays in use, so up to
 * Node 22, until there is one, a look at one await in each slice of turns has to do.
 */
export function captureWaitScope(): Scope | null {
  if (hooks === null) return null
  if (frameKey === undefined && !othersInUse) {
    if (checkedTick === runtime.ticks) return null
    checkedTick = runtime.ticks
    othersInUse = Object.getOwnPropertySymbols(hooks.executionAsyncResource()).length > OWN_PROMISE_KEYS
    if (!othersInUse) return null
  }
  return captureScope()
}

/** An AsyncLocalStorage in use follows promises, which a fresh promise shows at a tenth of the cost of the search. */
function mayHaveStores(): boolean {
  if (runtime.flows !== null || idKey === undefined) return true
  return (Promise.resolve() as unknown as Record<symbol, unknown>)[idKey] !== undefined
}

/** Up to Node 22 every AsyncLocalStorage keeps its store under a symbol of its own on the executing resource. */
function hasStores(resource: object): boolean {
  const keys = Object.getOwnPropertySymbols(resource)
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!
    if (!bookkeeping.includes(key) && isStore(key, (resource as Record<symbol, unknown>)[key])) return true
  }
  return false
}

function isStore(key: symbol, value: unknown): boolean {
  if (BOOKKEEPING.test(key.description ?? '')) {
    bookkeeping.push(key)
    return false
  }
  // The task that creates another is not a store of the user's.
  return value !== undefined && value !== runtime.flows?.getStore()
}

/** Leaves out which task is running: the new one's async functions do not belong to the one that makes it. */
function saveScope(): Scope {
  stores.inUse = true
  const { AsyncResource } = hooks!
  if (runtime.flows === null || runtime.flows.getStore() === undefined) return new AsyncResource('AsyncioTask')
  return runtime.flows.run(undefined, () => new AsyncResource('AsyncioTask'))
}
