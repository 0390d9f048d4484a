/**
 * Carries the user's AsyncLocalStorage stores into tasks and callbacks, as `setTimeout` does.
 *
 * What was made where no store is set keeps nothing, and its steps cost nothing: this is decided once, when it is made.
 * No public API tells whether a store is set. Where the host keeps them in sight, a look there is cheap, and what is
 * seen is trusted only after a store of our own has shown up there; see {@link prove}. Elsewhere the stores are always
 * saved.
 */
import { asyncHooks } from './async-hooks.ts'
import type { AsyncHooks } from './async-hooks.ts'
import type { Scope } from '../contract/kernel.ts'
import { runtime } from '../runtime.ts'

const hooks = asyncHooks()
const rootScope: Scope | null = hooks === null ? null : new hooks.AsyncResource('AsyncioLoop')

/** All the stores of a resource. */
interface Frame {
  readonly size: number
  has(key: unknown): boolean
  get(key: unknown): unknown
}

/**
 * Where stores can be seen: in one map for each resource (Node from 24 on), under symbols of the executing resource
 * (Node up to 22), or nowhere (Deno, Bun).
 */
type Sight =
  { readonly kind: 'frame'; readonly key: symbol } | { readonly kind: 'resource' } | { readonly kind: 'none' }

const PROVISIONAL: Sight = { kind: 'resource' }

/**
 * Up to Node 22, where Node notes the id of a promise; only while something follows promises. To prove anything there
 * would make Node follow them from then on, so it is put off until something else does.
 */
let idKey: symbol | undefined

let sight: Sight | undefined = isNode22OrOlder() ? PROVISIONAL : undefined

function isNode22OrOlder(): boolean {
  const { process } = globalThis as { process?: { versions?: Record<string, string>; execArgv?: string[] } & NodeEnv }
  const { node, bun, deno } = process?.versions ?? {}
  if (hooks === null || node === undefined || bun !== undefined || deno !== undefined || parseInt(node) > 22) {
    return false
  }
  const flags = [...(process?.execArgv ?? []), process?.env?.['NODE_OPTIONS'] ?? '']
  if (flags.some((flag) => flag.includes('async-context-frame'))) return false
  idKey = Object.getOwnPropertySymbols(rootScope!).find((key) => key.description === 'async_id_symbol')
  return idKey !== undefined
}

/** The keys under which Node keeps other things than stores on a resource. */
const bookkeeping: symbol[] = []
const BOOKKEEPING = /^(async_id_symbol|trigger_async_id_symbol|asyncId|triggerId|refed|destroyed)$/

interface NodeEnv {
  env?: Record<string, string | undefined>
}

/** The storage of {@link prove}. */
let proof: object | null = null

/** Whether an AsyncLocalStorage is one of the library's, which says nothing of the program. */
export function isOwnStorage(storage: unknown): boolean {
  return storage !== null && (storage === runtime.flows || storage === proof)
}

/** Sets a store of our own, and looks for it. */
function prove({ AsyncLocalStorage, AsyncResource, executionAsyncResource }: AsyncHooks): Sight {
  const storage = new AsyncLocalStorage<object>()
  proof = storage
  const token = {}
  try {
    return storage.run(token, () => {
      const resource = new AsyncResource('AsyncioProof')
      for (const key of Object.getOwnPropertySymbols(resource)) {
        const frame = Reflect.get(resource, key) as Partial<Frame> | undefined
        if (typeof frame?.get !== 'function' || typeof frame.size !== 'number') continue
        if (frame.get(storage) === token && frame.has?.(storage) === true) return { kind: 'frame', key }
      }
      const executing = executionAsyncResource()
      const isSeen = Object.getOwnPropertySymbols(executing).some((key) => Reflect.get(executing, key) === token)
      return { kind: isSeen ? 'resource' : 'none' }
    })
  } finally {
    storage.disable()
  }
}

/** Where to look for stores, or `null` when there surely are none. */
function whereToLook(loaded: AsyncHooks): Sight | null {
  if (sight === undefined) sight = prove(loaded)
  if (sight.kind !== 'resource') return sight
  if (!mayHaveStores()) return null
  if (sight === PROVISIONAL) sight = prove(loaded)
  return sight
}

/** Calls `fn` in the asynchronous context in which core was loaded: what the loop registers belongs to no caller. */
export function runInRootScope<A extends unknown[], R>(fn: (...args: A) => R, ...args: A): R {
  if (rootScope === null || whereToLook(hooks!) === null) return fn(...args)
  return rootScope.runInAsyncScope(fn, undefined, ...args)
}

/** Whether the program uses an AsyncLocalStorage of its own, as far as is known. */
export const stores = { inUse: false }

/** Saves the caller's stores, or returns `null` when it has none. */
export function captureScope(): Scope | null {
  if (hooks === null) return null
  const seen = whereToLook(hooks)
  if (seen === null) return null
  if (seen.kind === 'none') return saveScope()
  if (seen.kind === 'resource') return hasStores(hooks.executionAsyncResource()) ? saveScope() : null
  const resource = new hooks.AsyncResource('AsyncioTask')
  const frame = (resource as unknown as Record<symbol, Frame | undefined>)[seen.key]
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
  if (whereToLook(hooks)?.kind === 'resource' && !othersInUse) {
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
  if (keys.length <= OWN_PROMISE_KEYS && runtime.flows?.getStore() !== undefined && idKey! in resource) return false
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

/** Leaves out which task is running: what is made belongs to another task than its maker, or to none. */
function saveScope(): Scope {
  stores.inUse = true
  const { AsyncResource } = hooks!
  if (runtime.flows === null || runtime.flows.getStore() === undefined) return new AsyncResource('AsyncioTask')
  return runtime.flows.run(undefined, () => new AsyncResource('AsyncioTask'))
}

/** Makes a function that calls `fn` with the stores that are set now, as the host does for a listener. */
export function bindStores<This, A extends unknown[], R>(
  fn: (this: This, ...args: A) => R,
): (this: This, ...args: A) => R {
  const scope = captureScope()
  if (scope === null) return fn
  return function (...args) {
    return scope.runInAsyncScope(fn, this, ...args)
  }
}
